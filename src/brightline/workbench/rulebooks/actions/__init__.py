"""What is done with rulebooks: one verb a file."""
