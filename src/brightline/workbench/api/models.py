"""What the room keeps: keys to the API, replies given under a key of idempotency, uploads."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from brightline.workbench.accounts.permissions import Permission


class ApiKey(models.Model):
    """A key that a program calls the API with. Only its hash is kept.

    It may do what its scopes name, and of that only what the grants of its account allow.
    """

    name = models.CharField(max_length=120)
    prefix = models.CharField(max_length=12)
    """How the key begins: enough to tell which it is, too little to use."""
    digest = models.CharField(max_length=64, unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="api_keys")
    scopes = models.JSONField(default=list)
    market = models.CharField(max_length=8, blank=True)
    """Empty: every market that the account reaches."""
    rate = models.PositiveIntegerField(default=30_000)
    """Calls a minute; each case of a batch counts as one."""
    window = models.BigIntegerField(default=0)
    """The minute (of Unix time) that `used` counts the calls of."""
    used = models.PositiveIntegerField(default=0)
    last_used_at = models.DateTimeField(null=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at", "-id"]

    def __str__(self) -> str:
        return f"{self.prefix}… {self.name}"

    @property
    def permissions(self) -> list[Permission]:
        """The scopes as permissions."""
        known = {one.value for one in Permission}
        return [Permission(scope) for scope in self.scopes if scope in known]


class Reply(models.Model):
    """The reply to a call with an Idempotency-Key; the same call again gets it again for a day."""

    key = models.ForeignKey(ApiKey, models.CASCADE, related_name="replies")
    idempotency = models.CharField(max_length=255)
    call = models.CharField(max_length=64)
    """SHA-256 of the method, the path and the body."""
    status = models.PositiveSmallIntegerField(default=0)
    """0: the call is being worked on."""
    body = models.JSONField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint("key", "idempotency", name="one_reply_a_key")]
        indexes = [models.Index(fields=["at"])]

    def __str__(self) -> str:
        return f"{self.idempotency}: {self.status}"


class Upload(models.Model):
    """A file of cases that someone brought in; a job reads it row by row.

    `done` rows are in: a job that died is taken up there by the next.
    """

    class Status(models.TextChoices):
        """How it stands."""

        DRAFT = "draft"
        WAITING = "waiting"
        DONE = "done"
        FAILED = "failed"
        STOPPED = "stopped"

    name = models.CharField(max_length=200)
    file = models.CharField(max_length=255)
    """Where the file lies, in the installation's folder."""
    size = models.BigIntegerField()
    digest = models.CharField(max_length=64)
    market = models.CharField(max_length=8)
    mapping = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT)
    done = models.PositiveIntegerField(default=0)
    share = models.FloatField(default=0)
    """How much of the file is read, 0 to 1."""
    new = models.PositiveIntegerField(default=0)
    known = models.PositiveIntegerField(default=0)
    automatic = models.PositiveIntegerField(default=0)
    bad = models.PositiveIntegerField(default=0)
    error = models.TextField(blank=True)
    lease_until = models.DateTimeField(null=True)
    at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["status", "lease_until"])]
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.name} ({self.status})"


class BadRow(models.Model):
    """A row of an upload that could not be taken in, and why."""

    upload = models.ForeignKey(Upload, models.CASCADE, related_name="bad_rows")
    row = models.PositiveIntegerField()
    line = models.PositiveIntegerField(null=True)
    reason = models.TextField()
    raw = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint("upload", "row", name="one_reason_a_row")]
        ordering = ["row"]

    def __str__(self) -> str:
        return f"{self.upload_id} row {self.row}: {self.reason}"
