"""Revisions of a draft: one file, once changed; and changes that could not be brought together."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from brightline.i18n import N_, _
from brightline.workbench.drafts.models.draft import Draft


class How(models.TextChoices):
    """How a file came to be changed."""

    FORM = "form", N_("In the form")
    TEXT = "text", N_("In the text")
    MERGE = "merge", N_("Brought together with another's change")
    IMPORT = "import", N_("Imported")
    UNDO = "undo", N_("Taken back")
    SUGGESTION = "suggestion", N_("Suggestion taken")

    @property
    def words(self) -> str:
        """What it is called, in the language in force."""
        return _(str(self.label))


class Revision(models.Model):
    """One change of one file; `before` and `after` are digests, empty where there is no file.

    Never changed, never deleted. `mine` is what the person wrote where `after` holds more: what
    another had changed meanwhile.
    """

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    path = models.CharField(max_length=200)
    before = models.CharField(max_length=64, blank=True)
    after = models.CharField(max_length=64, blank=True)
    mine = models.CharField(max_length=64, blank=True)
    how = models.CharField(max_length=12, choices=How.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    note = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint("draft", "number", name="one_revision_a_number")]
        indexes = [models.Index(fields=["draft", "path", "-number"])]
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"{self.draft_id}.{self.number} {self.path}"

    @property
    def how_words(self) -> str:
        """How it came about, in the language in force."""
        return How(self.how).words


class Unmerged(models.Model):
    """What someone wrote that touches what another changed meanwhile; kept until they choose.

    `based_on` is the revision they started from, `mine` the digest of their text.
    """

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="unmerged")
    path = models.CharField(max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    based_on = models.PositiveIntegerField()
    mine = models.CharField(max_length=64)
    at = models.DateTimeField()
    settled_as = models.ForeignKey(Revision, models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.by_id} on {self.path} of draft {self.draft_id}"
