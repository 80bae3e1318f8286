"""What is done with pilots: one verb a file."""
