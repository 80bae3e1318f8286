"""What is done with cases under a release: one verb a file."""
