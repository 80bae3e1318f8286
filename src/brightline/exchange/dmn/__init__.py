"""Rulebooks as DMN (OMG Decision Model and Notation) and decision tables of other tools as drafts."""
