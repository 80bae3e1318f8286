"""Releases of rulebooks, named by their hash, and the tables that signals look things up in."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from brightline.i18n import N_, _


class Way(models.TextChoices):
    """By which way a release came."""

    DRAFT = "draft", N_("from an approved draft")
    FILE = "file", N_("from a file, in the browser")
    SERVER = "server", N_("on the server")
    FOLDER = "folder", N_("from a watched folder")
    PROGRAM = "program", N_("by a program")
    ROLLBACK = "rollback", N_("as a rollback")

    @property
    def words(self) -> str:
        """What it is called, in the language in force."""
        return _(str(self.label))


class Release(models.Model):
    """A rulebook in force in a market from a moment on. Never changed once it is there: the
    database itself refuses it. What becomes of it later stands in rows of its own.

    Content is named by `sha`, a release by its market and number: the same content comes back
    under a new number where an earlier release is restored.
    """

    sha = models.CharField(max_length=64)
    market = models.CharField(max_length=8)
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=80)
    form = models.TextField()
    """The canonical form; `rulebook.canonical.from_json` reads it."""
    effective_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    """From then on the release before it is in force again; None: until another one is."""
    base = models.CharField(max_length=64, blank=True)
    """The content it takes the place of: in force when it takes effect, as known when published."""
    way = models.CharField(max_length=10, choices=Way.choices, default=Way.FILE)
    came_from = models.CharField(max_length=200, blank=True)
    """What the way leads back to: a commit, a folder's name, a draft."""
    emergency = models.BooleanField(default=False)
    """In force before it was approved; marked until those who must sign have signed."""
    sign_by = models.DateTimeField(null=True)
    """By when an emergency release is to be signed."""
    restores = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    """The release whose content comes back with this one."""
    published_at = models.DateTimeField(auto_now_add=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("market", "number", name="one_number_a_market"),
        ]
        indexes = [
            models.Index(fields=["market", "-effective_at", "-number"]),
            models.Index(fields=["sha"]),
        ]

    def __str__(self) -> str:
        return f"{self.market} {self.number} ({self.sha[:12]})"

    @property
    def way_words(self) -> str:
        """By which way it came, in the language in force."""
        return Way(self.way).words

    @property
    def unsigned(self) -> bool:
        """Whether it is an emergency release whose signatures are still missing: marked so."""
        return self.emergency and not hasattr(self, "ratification")


class Cancellation(models.Model):
    """A release that was called off before it took effect: it never was in force, nor will be."""

    release = models.OneToOneField(Release, models.PROTECT, related_name="cancellation")
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    why = models.TextField()

    def __str__(self) -> str:
        return f"{self.release} cancelled"


class Signature(models.Model):
    """A person's approval of exactly this content in place of exactly that one.

    It belongs to the two hashes and to nothing else: whoever edits what was signed has other
    content, which nobody signed yet.
    """

    market = models.CharField(max_length=8)
    sha = models.CharField(max_length=64)
    base = models.CharField(max_length=64, blank=True)
    role = models.CharField(max_length=32)
    """The part in which the person signed."""
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    note = models.TextField(blank=True)
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["market", "sha", "base", "by"],
                condition=models.Q(taken_back_at=None),
                name="one_signature_each",
            ),
        ]
        indexes = [models.Index(fields=["market", "sha"])]

    def __str__(self) -> str:
        return f"{self.role} signed {self.market} {self.sha[:12]}"


class Ratification(models.Model):
    """An emergency release has all its signatures: it is marked no longer."""

    release = models.OneToOneField(Release, models.PROTECT, related_name="ratification")
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.release} approved afterwards"


class SignRule(models.Model):
    """Who signs what in a market, as it was set there; a market without rows has the usual ones.

    See `signing.rules_of`.
    """

    class What(models.TextChoices):
        """Which changes a rule is for."""

        ANY = "any", N_("any change")
        LAW = "law", N_("what cites law, or what a clause rests on")
        POINTS = "points", N_("points and the ladder")
        SEVERITY = "severity", N_("clauses whose action is at least so severe")
        SOP = "sop", N_("one SOP")
        OWNER = "owner", N_("the SOPs of one team")

        @property
        def words(self) -> str:
            """What it is called, in the language in force."""
            return _(str(self.label))

    market = models.CharField(max_length=8)
    what = models.CharField(max_length=10, choices=What.choices)
    value = models.CharField(max_length=80, blank=True)
    """The least severity, the SOP or the team."""
    role = models.CharField(max_length=32)

    class Meta:
        constraints = [
            models.UniqueConstraint("market", "what", "value", "role", name="one_rule_to_sign"),
        ]

    def __str__(self) -> str:
        return f"{self.market}: {self.role} signs {self.what} {self.value}"


class ReferenceTable(models.Model):
    """One day's table (`tables/NAME.DAY.csv`): data that signals read, no part of a rulebook."""

    market = models.CharField(max_length=8)
    name = models.CharField(max_length=80)
    day = models.DateField()
    file = models.CharField(max_length=200)
    data = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint("market", "name", "day", name="one_table_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.market} {self.name} {self.day}"
