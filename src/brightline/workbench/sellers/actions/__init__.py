"""What is done for sellers: one verb a file, each in one transaction that writes its event."""
