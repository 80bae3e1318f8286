"""Since when each SOP says what it says: the release with which it last changed."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from brightline.workbench.rulebooks.in_force import spans
from brightline.workbench.rulebooks.models import Release

STALE = timedelta(days=365)
"""An SOP that nobody has touched for so long is shown as one to look at."""
_kept: dict[str, dict[str, str]] = {}
"""By the rulebook's hash, which never names another: SOP → digest of what it says."""


@dataclass(frozen=True, slots=True)
class Since:
    """The release with which an SOP came to say what it says, and when that took effect."""

    release: Release
    at: datetime

    @property
    def stale(self) -> bool:
        """Whether that is long ago."""
        return timezone.now() - self.at > STALE


def since(market: str) -> dict[str, Since]:
    """For every SOP in force since when it is as it is."""
    now = timezone.now()
    found: dict[str, Since] = {}
    before: dict[str, str] = {}
    for span in spans(market):
        if span.release is None or span.start > now:
            continue
        says = _says(span.release)
        for sop, digest in says.items():
            if before.get(sop) != digest:
                found[sop] = Since(span.release, span.start)
        before = says
    return {sop: one for sop, one in found.items() if sop in before}


def _says(release: Release) -> dict[str, str]:
    if release.sha not in _kept:
        form = Release.objects.values_list("form", flat=True).get(pk=release.pk)
        _kept[release.sha] = {
            sop["sop"]: hashlib.sha256(
                json.dumps(sop, ensure_ascii=False, sort_keys=True).encode()
            ).hexdigest()
            for sop in json.loads(form)["sops"]
        }
    return _kept[release.sha]
