"""What is done with people and roles: one verb a file."""
