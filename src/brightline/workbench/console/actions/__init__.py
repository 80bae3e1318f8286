"""What a moderator does at the console: one verb a file."""
