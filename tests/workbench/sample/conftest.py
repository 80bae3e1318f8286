"""A small filling, made once for the tests of a file."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from brightline.workbench.sample import context
from brightline.workbench.sample.filling import fill

UPTO = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)  # a Wednesday, 16:30 in Vietnam


@pytest.fixture(autouse=True)
def _asked_again():
    context.forget()
    yield
    context.forget()


@pytest.fixture(scope="module")
def filled(django_db_setup, django_db_blocker):
    """160 cases and the work on them, taken away again at the end."""
    from django.db import transaction

    class Undo(Exception):
        pass

    with django_db_blocker.unblock():
        try:
            with transaction.atomic():
                yield fill(UPTO, 160)
                raise Undo
        except Undo:
            pass
