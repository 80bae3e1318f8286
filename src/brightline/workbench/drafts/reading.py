"""What a draft holds: its files now and at any revision, and the rulebook that they make."""

from __future__ import annotations

from datetime import date

from brightline.rulebook.laws import Findings
from brightline.rulebook.model import Rulebook
from brightline.rulebook.problems import UnusableRulebook
from brightline.workbench.drafts.models import Draft, Revision
from brightline.workbench.drafts.texts import text_of, texts_of
from brightline.workbench.drafts.workspace import workspace


def files(draft: Draft, revision: int | None = None) -> dict[str, str]:
    """Path → text, now or as of a revision (0: as it was opened)."""
    return texts_of(digests(draft, revision))


def digests(draft: Draft, revision: int | None = None) -> dict[str, str]:
    """Path → digest, now or as of a revision."""
    if revision is None or revision >= draft.revision:
        return dict(draft.files)
    found: dict[str, str] = dict(draft.files)
    for one in Revision.objects.filter(draft=draft, number__gt=revision).order_by("-number"):
        if one.before:
            found[one.path] = one.before
        else:
            found.pop(one.path, None)
    return found


def text_at(draft: Draft, path: str, revision: int) -> str:
    """The text of a file as of a revision; empty where there was none."""
    changes = Revision.objects.filter(draft=draft, path=path)
    last = changes.filter(number__lte=revision).order_by("-number").first()
    if last is not None:
        return text_of(last.after)
    later = changes.filter(number__gt=revision).order_by("number").first()
    return text_of(later.before if later is not None else draft.files.get(path, ""))


def rulebook_of(draft: Draft) -> Rulebook:
    """The rulebook that the files make. Raises `UnusableRulebook` with every error in them."""
    return workspace(draft).rulebook()


def content_sha(draft: Draft) -> str:
    """The SHA-256 of the compiled rulebook: what approvals sign. Comments do not count.

    Raises `UnusableRulebook` while the files do not compile.
    """
    return rulebook_of(draft).sha


def content_sha_or_none(draft: Draft) -> str | None:
    """The same, None while the files do not compile."""
    try:
        return content_sha(draft)
    except UnusableRulebook:
        return None


def findings_of(draft: Draft, today: date | None = None) -> Findings:
    """What laws and proofs find in the draft, in the language in force; what is accepted.

    Its rulebook is there also while texts are missing in a language: `content_sha` says whether
    the draft compiles.
    """
    return workspace(draft).check(today or date.today())
