"""Drafts of rulebooks tried beside the one in force: in the shadow, and as pilots by lot."""
