"""Texts of files, each kept once, and the files that a release was published from."""

from __future__ import annotations

from django.db import models


class Text(models.Model):
    """The text of a file, named by the SHA-256 of its UTF-8. Never changed, never deleted."""

    digest = models.CharField(max_length=64, primary_key=True)
    text = models.TextField()

    def __str__(self) -> str:
        return self.digest[:12]


class Source(models.Model):
    """The files of a rulebook, with their comments: what its canonical form leaves out.

    `files` is path → digest of `Text`. Of several for one rulebook the newest counts: only
    comments, spacing or examples of cases can differ.
    """

    sha = models.CharField(max_length=64, db_index=True)
    """That of the rulebook which the files make."""
    files = models.JSONField(default=dict)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{len(self.files)} files of {self.sha[:12]}"
