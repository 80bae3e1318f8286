"""A check under way, carried from one request to the next, signed so that nobody can forge it."""

from __future__ import annotations

from dataclasses import asdict

from django.core import signing
from django.utils.dateparse import parse_datetime

from brightline.workbench.audit.verifying import Verification
from brightline.workbench.records.reproducing import Mismatch, Reproduction
from brightline.workbench.records.verifying import Check

_SALT, _HOURS = "brightline.check", 6


def carried(check: Check) -> str:
    """A check as a text for the next request."""
    return signing.dumps(
        {
            "chain": asdict(check.chain), "at": check.at, "chain_read": check.chain_read,
            "after": check.after, "decisions": asdict(check.decisions),
            "first": check.first and check.first.isoformat(),
            "last": check.last and check.last.isoformat(),
        },
        salt=_SALT, compress=True,
    )  # fmt: skip


def opened(text: str) -> Check:
    """The check that a text carries; a new one for an empty text. Raises `BadSignature`."""
    if not text:
        return Check()
    kept = signing.loads(text, salt=_SALT, max_age=_HOURS * 3600)
    told = kept["decisions"]
    mismatches = [Mismatch(**one) for one in told.pop("mismatches")]
    return Check(
        chain=Verification(**kept["chain"]),
        at=(kept["at"][0], kept["at"][1]),
        chain_read=kept["chain_read"],
        decisions=Reproduction(**told, mismatches=mismatches),
        after=kept["after"],
        first=parse_datetime(kept["first"]) if kept["first"] else None,
        last=parse_datetime(kept["last"]) if kept["last"] else None,
    )
