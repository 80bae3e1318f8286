"""The moderator's one screen."""
