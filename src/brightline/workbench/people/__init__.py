"""The pages of people: logging in, settings, roles, and why one may or may not."""
