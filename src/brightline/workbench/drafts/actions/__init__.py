"""What is done there: one verb a file."""
