"""Who a session belongs to: read at every request, so by statements that are ready."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from brightline.workbench.accounts.may import person_with_grants
from brightline.workbench.accounts.models import User
from brightline.workbench.ready import Ready

_PERSON = Ready(lambda hole: User.objects.filter(pk=hole("person")), person=int)
_SESSION = Ready(
    lambda hole: Session.objects.filter(session_key=hole("key"), expire_date__gt=hole("now")),
    key=str,
    now=datetime,
)


class Backend(AuthenticationBackend):  # type: ignore[misc]
    """allauth's, with a person's row and grants read by one ready statement."""

    def get_user(self, user_id: Any) -> User | None:
        """The person, if they may log in."""
        found = person_with_grants(int(user_id)) or _PERSON.first(person=int(user_id))
        return found if found is not None and self.user_can_authenticate(found) else None


class SessionStore(db.SessionStore):
    """Django's sessions in the database, read by a ready statement."""

    def _get_session_from_db(self) -> Session | None:
        found = _SESSION.first(key=str(self.session_key), now=timezone.now())
        if found is None:
            self._session_key = None
        return found
