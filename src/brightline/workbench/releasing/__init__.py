"""Releases put to work: their pages, and what becomes of cases under a new one."""
