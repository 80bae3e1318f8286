"""What is done with cases: one verb a file, each one transaction that writes its event."""
