"""What is done here: one verb a file, each one transaction that writes its event."""
