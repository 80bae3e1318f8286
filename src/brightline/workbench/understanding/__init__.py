"""Notices of what a release changes, quizzes on it, and who has understood."""
