"""The ledger of points, and the account actions that the ladder led to."""

from __future__ import annotations

from django.db import models

from brightline.i18n import language
from brightline.rulebook.telling_words import in_language
from brightline.workbench.cases.models import Case, Decision
from brightline.workbench.sellers.models.kept import Kept
from brightline.workbench.sellers.models.seller import Seller


class PointEntry(Kept):
    """Points that a decision added, or gave back (below zero). One entry a decision at most.

    A decision that takes the place of another books the difference only. `counts_from` is when
    the case's points began to count, so that reviewing a case never makes its points last longer.
    """

    seller = models.ForeignKey(Seller, models.CASCADE, related_name="entries")
    case = models.ForeignKey(Case, models.CASCADE, related_name="entries")
    decision = models.OneToOneField(Decision, models.CASCADE, related_name="entry")
    amount = models.IntegerField()
    at = models.DateTimeField()
    counts_from = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["seller", "counts_from"])]
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.amount:+} for {self.seller_id}"


class AccountAction(models.Model):
    """A rung that a seller reached: what is done to the account, since when.

    How long it lasts is what its title says; the workbench adds nothing to that. It is `lifted`
    where points that were given back show that the rung was never reached.
    """

    seller = models.ForeignKey(Seller, models.CASCADE, related_name="account_actions")
    decision = models.ForeignKey(Decision, models.CASCADE, related_name="account_actions")
    rung = models.PositiveIntegerField()
    """The points at which it is reached."""
    standing = models.IntegerField()
    """The points that the seller had then."""
    title = models.JSONField()
    window = models.FloatField()
    """Seconds for which points counted then."""
    sha = models.CharField(max_length=64)
    """The rulebook whose ladder it is."""
    at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(Decision, models.CASCADE, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint("decision", "rung", name="one_action_a_rung")]
        ordering = ["at", "rung", "id"]

    def __str__(self) -> str:
        return f"{self.rung} of {self.seller_id}"

    @property
    def words(self) -> str:
        """What it is called, in the language in force."""
        return in_language(self.title, language())
