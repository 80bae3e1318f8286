"""What is done in this room: one verb a file, each one transaction that writes its event."""
