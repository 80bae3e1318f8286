"""Keys: shown once, kept as a hash, withdrawn at once, counted by the minute."""

from __future__ import annotations

import time
from threading import Thread

import pytest
from django.db import connections

from brightline.workbench.accounts.permissions import Permission
from brightline.workbench.api import keys
from brightline.workbench.api.actions.make_key import NoKey, make_key
from brightline.workbench.api.actions.withdraw_key import withdraw_key
from brightline.workbench.api.models import ApiKey
from brightline.workbench.audit.models import Event
from tests.workbench.api.calling import a_token, call, listing, service
from tests.workbench.making import shares


@pytest.mark.django_db
def test_only_the_hash_of_a_key_is_kept(dave):
    key, token = make_key("shop", service(), [Permission.CASES_CASE_READ], dave)
    stored = str(ApiKey.objects.values().get()) + str(list(Event.objects.values()))
    assert token not in stored and token[12:] not in stored
    assert keys.key_of(token) == key
    assert Event.objects.get(kind="key.made").actor == dave


@pytest.mark.django_db
def test_a_withdrawn_key_opens_nothing(release, dave):
    key, token = make_key("shop", service(), [Permission.QUEUES_QUEUE_WATCH], dave)
    assert call("/queues", token).status_code == 200
    assert withdraw_key(key, dave)
    assert call("/queues", token).status_code == 401
    assert not withdraw_key(key, dave)
    assert Event.objects.filter(kind="key.withdrawn").count() == 1


@pytest.mark.django_db
def test_a_key_is_for_programs_only(alice, dave):
    for who in (alice, dave):
        with pytest.raises(NoKey):
            make_key("mine", who, [Permission.CASES_CASE_READ], dave)
    for scopes in ([], [Permission.AUDIT_EVENT_READ]):
        with pytest.raises(NoKey):
            make_key("mine", service(f"s{len(scopes)}"), scopes, dave)


@pytest.mark.django_db
def test_a_key_has_so_many_calls_a_minute(release, monkeypatch):
    now = [1_800_000_000.0]
    monkeypatch.setattr(keys.time, "time", lambda: now[0])
    token = a_token(rate=3)
    assert [call("/queues", token).status_code for _n in range(4)] == [200, 200, 200, 429]
    refused = call("/queues", token, Accept_Language="en")
    assert 1 <= int(refused["Retry-After"]) <= 61
    now[0] += int(refused["Retry-After"])
    assert call("/queues", token).status_code == 200


@pytest.mark.django_db
def test_each_case_of_a_batch_counts(release):
    shares()
    token = a_token(rate=5)
    batch = {"cases": [listing(str(n)) for n in range(5)]}
    assert call("/cases/batch", token, batch).status_code == 200
    if ApiKey.objects.get().window == int(time.time() // 60):
        assert call("/queues", token).status_code == 429


@pytest.mark.django_db(transaction=True)
def test_the_limit_holds_for_callers_at_once(monkeypatch):
    monkeypatch.setattr(keys.time, "time", lambda: 1_800_000_000.0)
    key, _token = make_key("shop", service(), [Permission.CASES_CASE_READ], None, rate=20)
    let_in = []

    def work():
        try:
            let_in.extend(keys.spend(key, 1) == 0 for _n in range(10))
        finally:
            connections.close_all()

    threads = [Thread(target=work) for _n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(let_in), sum(let_in)) == (40, 20)
