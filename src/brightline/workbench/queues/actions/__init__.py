"""What is done with queues: one verb a file."""
