"""Where a person is logged in, and ending it."""

from __future__ import annotations

from allauth.usersessions.models import UserSession

from brightline.workbench.accounts.models import User


def sessions_of(person: User) -> list[UserSession]:
    """The sessions that still run, the newest first; those that ran out are cleared away."""
    running: list[UserSession] = UserSession.objects.purge_and_list(person)
    return sorted(running, key=lambda session: session.created_at, reverse=True)


def end_sessions(person: User, but: str | None = None, only: int | None = None) -> int:
    """Log a person out everywhere, but in the session with that key; how many ended.

    `only` ends the one with that id, if it is theirs.
    """
    found = UserSession.objects.filter(user=person)
    if but:
        found = found.exclude(session_key=but)
    if only is not None:
        found = found.filter(pk=only)
    ended = 0
    for session in found:
        session.end()
        ended += 1
    return ended
