"""What is done with hooks and deliveries: one verb a file."""
