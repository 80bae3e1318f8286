"""What is done to have a version in force: one verb a file."""
