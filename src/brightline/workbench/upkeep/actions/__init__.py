"""What is done to keep a rulebook in order: one verb a file."""
