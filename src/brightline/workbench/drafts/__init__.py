"""Drafts of the rulebook: working copies, their revisions, and what people say about them."""
