"""What is done with notices and quizzes: one verb a file."""
