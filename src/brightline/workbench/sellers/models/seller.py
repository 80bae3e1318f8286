"""A seller as far as we know them, and the letters they were sent."""

from __future__ import annotations

from django.db import models

from brightline.i18n import N_, _


class Seller(models.Model):
    """Someone whom a decision has touched; named by the platform's own id, unique in a market.

    The row is locked while points are booked, so that two decisions at once do not both miss a
    rung of the ladder.
    """

    market = models.CharField(max_length=8)
    code = models.CharField(max_length=120)
    email = models.EmailField(blank=True)
    """From the attribute `seller_email` of their newest case that had one."""
    language = models.CharField(max_length=8, default="vi")
    sample = models.BooleanField(default=False)
    """Made up for the demo: all they have comes from sample cases."""

    class Meta:
        constraints = [models.UniqueConstraint("market", "code", name="one_seller_a_code")]

    def __str__(self) -> str:
        return f"{self.market}/{self.code}"


class LetterKind(models.TextChoices):
    """What a letter tells."""

    STATEMENT = "statement", N_("Statement of reasons")
    RECEIVED = "received", N_("Appeal received")
    DECIDED = "decided", N_("Appeal decided")


class Letter(models.Model):
    """An e-mail to a seller: handed to the outbox at `at`."""

    seller = models.ForeignKey(Seller, models.CASCADE, related_name="letters")
    statement = models.ForeignKey("sellers.Statement", models.CASCADE, related_name="letters")
    kind = models.CharField(max_length=12, choices=LetterKind.choices)
    to = models.EmailField()
    subject = models.CharField(max_length=250)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.kind} to {self.seller_id}"

    @property
    def words(self) -> str:
        """What it is called, in the language in force."""
        return _(str(LetterKind(self.kind).label))
