"""Versions are approved and published: signatures and the gate, from drafts, folders, programs."""
