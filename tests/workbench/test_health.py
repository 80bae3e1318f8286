"""`/healthz`: for anyone, whether the database answers, and nothing else."""

from __future__ import annotations

import pytest
from django.db import DatabaseError
from django.test import Client


@pytest.mark.django_db
def test_it_says_ok_to_anyone(client):
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_it_says_503_and_no_more_where_the_database_is_away(monkeypatch, caplog):
    def away(*_args, **_kwargs):
        raise DatabaseError("password for user secret")

    monkeypatch.setattr("brightline.workbench.health.connection.cursor", away)
    answer = Client().get("/healthz")
    assert answer.status_code == 503
    assert b"secret" not in answer.content
    assert "cannot be reached" in caplog.text
