"""A rulebook's files, changed in one place: every other line stays as it was written."""
