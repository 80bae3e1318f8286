"""Letters to sellers. The one place that hands something to the outbox of mails.

A seller whose address is not known is told by the platform, which hears of it by webhook.
"""

from __future__ import annotations

from django.template.loader import render_to_string
from django.utils import timezone, translation

from brightline import i18n
from brightline.i18n import N_, _
from brightline.workbench.audit.kinds import EventKind
from brightline.workbench.audit.recording import record
from brightline.workbench.delivery.mail import queue_mail
from brightline.workbench.sellers.letter_text import as_text
from brightline.workbench.sellers.links import link_of
from brightline.workbench.sellers.models import Appeal, Letter, Seller, Statement
from brightline.workbench.sellers.models.seller import LetterKind

_RECEIVED = N_("Your appeal {number} has come in")
_DECIDED = N_("The answer to your appeal {number}")


def send_statement(statement: Statement) -> None:
    """Send a statement of reasons, and note that it was sent."""
    seller = statement.seller
    if seller is None or not seller.email:
        return
    with _speaking(seller):
        said = statement.text
        subject = _("{headline}: {name}").format(headline=said["headline"], name=said["name"])
        _send(LetterKind.STATEMENT, seller, statement, None, subject)
    record(
        EventKind.STATEMENT_SENT, None, ("statement", statement.puid), case_id=statement.case_id,
        after={"by": "e-mail", "to": masked(seller.email), "seller": seller.code},
        rulebook=statement.decision.sha,
    )  # fmt: skip


def send_receipt(appeal: Appeal) -> None:
    """Tell that an appeal has come in, its number, and by when there will be an answer."""
    _about(appeal, LetterKind.RECEIVED, _RECEIVED)


def send_outcome(appeal: Appeal) -> None:
    """Tell how an appeal was decided, and why."""
    _about(appeal, LetterKind.DECIDED, _DECIDED)


def _about(appeal: Appeal, kind: LetterKind, subject: str) -> None:
    seller = appeal.seller
    if seller is None or not seller.email:
        return
    with _speaking(seller):
        _send(kind, seller, appeal.statement, appeal, _(subject).format(number=appeal.number))


class _speaking:  # noqa: N801 - reads as a verb
    """The seller's language, for our words and Django's."""

    def __init__(self, seller: Seller) -> None:
        self._ours = i18n.use(seller.language)
        self._djangos = translation.override(seller.language)

    def __enter__(self) -> None:
        self._ours.__enter__()
        self._djangos.__enter__()

    def __exit__(self, *exception: object) -> None:
        self._djangos.__exit__(None, None, None)
        self._ours.__exit__(None, None, None)


def _send(
    kind: LetterKind, seller: Seller, statement: Statement, appeal: Appeal | None, subject: str
) -> None:
    subject = " ".join(subject.split())[:200]
    link = link_of(statement)
    context = {
        "kind": kind.value,
        "statement": statement,
        "appeal": appeal,
        "link": link,
        "language": i18n.language(),
    }
    html = render_to_string("sellers/letter.html", context)
    queue_mail(seller.email, subject, as_text(kind, statement, appeal, link), html)
    Letter.objects.create(
        seller=seller, statement=statement, kind=kind, to=seller.email, subject=subject,
        at=timezone.now(),
    )  # fmt: skip


def masked(email: str) -> str:
    """An address as the log shows it: `s…@example.org`."""
    name, _at, host = email.partition("@")
    return f"{name[:1]}…@{host}"
