"""Rulebooks as DMN (Decision Model and Notation); decision tables of other tools as drafts."""
