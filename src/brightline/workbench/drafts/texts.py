"""Texts of files, kept once each by their hash."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

from brightline.workbench.drafts.models import Text


def digest_of(text: str) -> str:
    """The SHA-256 that names a text."""
    return hashlib.sha256(text.encode()).hexdigest()


def keep(texts: Iterable[str]) -> list[str]:
    """Keep texts; their digests, in order."""
    wanted = list(texts)
    found = {digest_of(text): text for text in wanted}
    known = set(Text.objects.filter(digest__in=found).values_list("digest", flat=True))
    Text.objects.bulk_create(
        (Text(digest=name, text=text) for name, text in found.items() if name not in known),
        ignore_conflicts=True,
    )
    return [digest_of(text) for text in wanted]


def kept(files: Mapping[str, str]) -> dict[str, str]:
    """Path → text as path → digest, the texts kept."""
    return dict(zip(files, keep(files.values()), strict=True))


def text_of(digest: str) -> str:
    """A text by its digest; empty for the empty one. Raises `Text.DoesNotExist`."""
    return Text.objects.get(pk=digest).text if digest else ""


def texts_of(files: Mapping[str, str]) -> dict[str, str]:
    """Path → digest as path → text."""
    found = Text.objects.in_bulk(list(set(files.values())))
    return {path: found[digest].text for path, digest in files.items()}
