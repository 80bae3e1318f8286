"""What the tests of sellers share: a cache of their own, files of their own, clients."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client

from tests.workbench.making import PASSWORD


@pytest.fixture(autouse=True)
def _apart(tmp_path, settings, db):
    """No count of one test in the next, and no file left behind."""
    cache.clear()
    settings.MEDIA_ROOT = tmp_path / "media"
    yield
    cache.clear()


@pytest.fixture
def enter():
    """`enter(person)` is a browser in which someone is logged in."""

    def logged_in(who) -> Client:
        client = Client()
        assert client.login(username=who.username, password=PASSWORD)
        return client

    return logged_in
