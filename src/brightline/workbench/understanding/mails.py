"""Mails of notices and reminders: one a person, in their language, by the outbox."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.conf import settings
from django.urls import reverse
from django.utils.html import escape

from brightline.i18n import _, use
from brightline.workbench.accounts.models import User
from brightline.workbench.delivery.mail import queue_mail
from brightline.workbench.understanding.drafting import when
from brightline.workbench.understanding.models import Announcement, Notice, Recipient
from brightline.workbench.understanding.texts import as_page


def tell_by_mail(told: Iterable[Recipient], notices: Mapping[int, Notice]) -> int:
    """Put a mail into the outbox for everyone told who has an address; how many."""
    return _each(told, notices, _notices_mail)


def remind_by_mail(late: Iterable[Recipient], notices: Mapping[int, Notice]) -> int:
    """The same for a reminder of what is still open."""
    return _each(late, notices, _reminder_mail)


def announce_by_mail(one: Announcement, people: Iterable[User]) -> int:
    """A mail of an announcement, or that it was withdrawn, to each who has an address; how many."""
    sent = 0
    for person in people:
        if not person.email:
            continue
        lang = person.language if person.language in one.title else "vi"
        with use(lang):
            title, body = one.title[lang], one.body[lang]
            link = settings.PUBLIC_URL + reverse("announcement", args=[one.pk])
            to_do = _("Please confirm that you have read it: {link}").format(link=link)
            if one.withdrawn_at is not None:
                title = _("No longer so: {title}").format(title=title)
                body, to_do = "", _("This will not happen after all. Nothing has to be done.")
        text = "\n\n".join(part for part in (title, body, to_do) if part)
        html = f"<h1>{escape(title)}</h1>{as_page(body)}<p>{escape(to_do)}</p>"
        try:
            queue_mail(person.email, title, text, html)
        except ValueError:
            continue  # no address that mail can go to: the app tells them
        sent += 1
    return sent


def _each(told: Iterable[Recipient], notices: Mapping[int, Notice], make: object) -> int:
    by_person: dict[int, list[Recipient]] = {}
    for one in told:
        by_person.setdefault(one.person_id, []).append(one)
    sent = 0
    for rows in by_person.values():
        person = rows[0].person
        if not person.email:
            continue
        with use(person.language):
            assert callable(make)
            subject, text, html = make([notices[one.notice_id] for one in rows], person.language)
        try:
            queue_mail(person.email, subject, text, html)
        except ValueError:
            continue  # no address that mail can go to: the app tells them
        sent += 1
    return sent


def _notices_mail(notices: list[Notice], lang: str) -> tuple[str, str, str]:
    subject = notices[0].title[lang]
    if len(notices) > 1:
        subject = _("New rules from {when}").format(when=when(notices[0].release.effective_at))
    text, html = [], []
    for notice in notices:
        title, body, to_do = notice.title[lang], notice.body[lang], _to_do(notice)
        text += [title, body, to_do, ""]
        html += [f"<h1>{escape(title)}</h1>", as_page(body), f"<p>{escape(to_do)}</p>"]
    return subject, "\n\n".join(text), "\n".join(html)


def _reminder_mail(notices: list[Notice], lang: str) -> tuple[str, str, str]:
    subject = _("Still to be read: {title}").format(title=notices[0].title[lang])
    lines = [f"{notice.title[lang]}\n{_to_do(notice)}" for notice in notices]
    html = "\n".join(f"<p>{escape(line)}</p>" for line in lines)
    return subject, "\n\n".join(lines), html


def _to_do(notice: Notice) -> str:
    assert notice.binds_at is not None
    path = reverse("notice", args=[notice.pk])
    said = (
        _("Read it and pass the quiz by {when}; after that you get no cases of this queue: {link}")
        if notice.quiz
        else _("Read it by {when}; after that you get no cases of this queue: {link}")
    )
    return said.format(when=when(notice.binds_at), link=settings.PUBLIC_URL + path)
