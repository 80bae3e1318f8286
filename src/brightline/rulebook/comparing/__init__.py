"""The difference of two versions of a rulebook: for whom it changes what, and what else changed."""
