"""Whatever was tampered with is found: by the page, and by `brightline verify`."""

from __future__ import annotations

import json
import re

import pytest
from click.testing import CliRunner
from django.db import connection
from django.test import Client
from django.urls import reverse

from brightline.workbench.audit.models import Event
from brightline.workbench.cases.models import Decision
from brightline.workbench.records.verifying import Check, check_all
from brightline.workbench.sellers.models import AccountAction, PointEntry, Statement
from tests.workbench.making import a_case, decided
from tests.workbench.test_audit_log import tampered

pytestmark = pytest.mark.django_db


@pytest.fixture
def day(release, alice):
    """A case decided by the rules and one decided by alice."""
    a_case("Gối ôm dài")
    a_case()
    decided(alice, item="weapon", hidden="no")


def test_all_as_it_was_written_is_sound(day):
    found = check_all()
    assert found.sound
    assert found.chain.events == Event.objects.count()
    assert (found.decisions.checked, found.decisions.same) == (2, 2)
    assert found.first <= found.last


def test_an_empty_log_is_sound(db):
    found = check_all()
    assert found.sound
    assert (found.chain.events, found.decisions.checked) == (0, 0)


CHANGES = {
    "action": ({"action": "allow"}, "differs"),
    "points": ({"points": 0}, "differs"),
    "clauses": ({"clauses": []}, "differs"),
    "in_force": ({"in_force": False}, "event_differs"),
    "sha": ({"sha": "0" * 64}, "no_rulebook"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_decision_that_was_changed_is_found(day, alice, change):
    fields, wrong = CHANGES[change]
    decision = Decision.objects.get(by=alice)
    Decision.objects.filter(pk=decision.pk).update(**fields)
    found = check_all()
    assert not found.sound
    assert [(m.decision, m.wrong) for m in found.decisions.mismatches] == [(decision.pk, wrong)]
    assert (found.decisions.checked, found.decisions.same, found.decisions.wrong) == (2, 1, 1)


def test_facts_and_outcome_changed_together_are_found_by_the_log(day, alice):
    decision = Decision.objects.get(by=alice)
    other = Decision.objects.get(by=None)
    Decision.objects.filter(pk=decision.pk).update(
        facts=other.facts, action=other.action, clauses=other.clauses, points=other.points
    )
    assert [m.wrong for m in check_all().decisions.mismatches] == ["event_differs"]


def test_a_decision_put_in_by_hand_is_found(day, alice):
    decision = Decision.objects.get(by=alice)
    decision.pk, decision.task = None, None
    decision.save(force_insert=True)
    assert [m.wrong for m in check_all().decisions.mismatches] == ["no_event"]


def test_a_decision_taken_out_is_found(day, alice):
    gone = Decision.objects.get(by=alice).pk
    AccountAction.objects.filter(decision=gone).delete()
    PointEntry.objects.filter(decision=gone).delete()
    Statement.objects.filter(decision=gone).delete()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM cases_decision WHERE id = %s", [gone])
    found = check_all()
    assert [(m.decision, m.wrong) for m in found.decisions.mismatches] == [(gone, "gone")]
    assert (found.decisions.checked, found.decisions.same, found.decisions.wrong) == (1, 1, 1)


def test_small_steps_find_the_same_as_one(day, alice, monkeypatch):
    from brightline.workbench.audit import verifying as chain
    from brightline.workbench.records import verifying
    from brightline.workbench.records.stepping import carried, opened

    some, again = chain.verify_some, verifying.reproduce_some
    monkeypatch.setattr(verifying, "verify_some", lambda at: some(at, most=2))
    monkeypatch.setattr(verifying, "reproduce_some", lambda after, into: again(after, into, 1))
    Decision.objects.filter(by=alice).update(action="allow")
    check, steps = Check(), 0
    while not check.done:
        check.step()
        steps += 1
        assert 0 <= check.share() <= 1
        if not check.done:
            check = opened(carried(check))
    assert steps > 3
    assert check.as_json() == check_all().as_json()


def run(*arguments: str):
    from brightline.cli import cli

    return CliRunner().invoke(cli, ["verify", *arguments], standalone_mode=False)


@pytest.fixture
def command(monkeypatch):
    """`brightline verify` on the database of the test."""
    monkeypatch.setattr("brightline.commands.verify.started", lambda _home: None)

    def called(*arguments: str) -> tuple[int, str]:
        from brightline.cli import cli

        with pytest.raises(SystemExit) as left:
            cli.main(["verify", *arguments])
        return int(left.value.code or 0), ""

    return called


def test_the_command_says_so_and_leaves_with_0(day, command, capsys):
    assert command()[0] == 0
    said = capsys.readouterr().out
    assert "2 of 2 came out the same" in said
    assert "Sound" in said


def test_the_command_finds_a_broken_seal_and_leaves_with_1(day, command, capsys):
    tampered("UPDATE audit_event SET why = 'x' WHERE seq = 2")
    assert command("--format", "json")[0] == 1
    said = json.loads(capsys.readouterr().out)
    assert not said["sound"]
    assert said["chain"] == {"sound": False, "seq": 2, "wrong": "changed"}
    assert said["decisions"] == {"checked": 2, "same": 2, "wrong": 0, "mismatches": []}


def test_the_command_names_the_decision(day, alice, command, capsys):
    decision = Decision.objects.get(by=alice)
    Decision.objects.filter(pk=decision.pk).update(action="allow")
    assert command("--lang", "vi")[0] == 1
    said = capsys.readouterr().out
    assert re.search(rf"quyết định {decision.pk} .*ra kết quả khác", said)
    assert "Không nguyên vẹn" in said


def test_the_page_checks_and_shows_the_result(client: Client, mai, day):
    client.force_login(mai)
    address = reverse("verify")
    text = client.post(address, headers={"X-Part": "1"}).content.decode()
    while state := re.search(r'name="state" value="([^"]+)"', text):
        text = client.post(address, {"state": state[1]}).content.decode()
    assert "Nguyên vẹn" in text
    assert "2 trên 2" in text


def test_a_forged_state_begins_anew(client: Client, mai, day):
    client.force_login(mai)
    assert client.post(reverse("verify"), {"state": "forged"}).status_code == 200
