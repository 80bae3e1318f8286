"""A release from CI, and what was in force when, by API and by command."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from click.testing import CliRunner
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from brightline.exchange.planning import plan
from brightline.rulebook.canonical import to_json
from brightline.workbench import clock
from brightline.workbench.accounts.permissions import Permission
from brightline.workbench.publishing.actions.set_push_rule import set_push_rule
from brightline.workbench.rulebooks.actions.publish import publish
from brightline.workbench.rulebooks.models import Release
from brightline.workbench.rulebooks.times import VIETNAM
from tests.workbench.api.calling import a_token, call
from tests.workbench.making import a_rulebook

pytestmark = pytest.mark.django_db


def zipped(points: int = 12, **changed: str) -> bytes:
    """The small rulebook's folder as a zip."""
    files = dict(plan(a_rulebook(points), None, None).files)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, text in {**files, **changed}.items():
            archive.writestr(f"rules/{name}", text)
    return made.getvalue()


def push(token: str, archive: bytes, market: str = "VN", **said: Any) -> Any:
    return Client().post(
        f"/api/v1/releases/{market}",
        {"archive": SimpleUploadedFile("rules.zip", archive), **said},
        headers={"Authorization": f"Bearer {token}", "Accept-Language": "en"},
    )


@pytest.fixture
def in_git(mai) -> None:
    """What is pushed to the market is reviewed in git."""
    set_push_rule("VN", mai, True, "Hai người duyệt mỗi merge request")


def test_a_release_is_pushed_once_and_its_commit_kept(release, in_git):
    token = a_token(Permission.RULEBOOKS_RELEASE_PUSH)
    dry = push(token, zipped(13), dry_run="true")
    assert (dry.status_code, dry.json()["new"], dry.json()["release"]) == (200, True, None)
    assert dry.json()["changes"] and Release.objects.count() == 1
    first = push(token, zipped(13), commit="4f2a91c", note="Tăng điểm")
    assert first.status_code == 201, first.json()
    again = push(token, zipped(13), commit="4f2a91c")
    assert (again.status_code, again.json()["new"]) == (200, False)
    made = Release.objects.order_by("-number")[0]
    assert (made.number, made.way, made.came_from) == (2, "program", "4f2a91c")
    assert made.sha == a_rulebook(13).sha == first.json()["rulebook"]


def test_one_with_an_error_is_refused_with_its_problems_and_the_old_stays(release):
    token = a_token(Permission.RULEBOOKS_RELEASE_PUSH)
    files = dict(plan(a_rulebook(13), None, None).files)
    bad = files["sops/knives.yaml"].replace("item: weapon", "item: wepon", 1)
    refused = push(token, zipped(13, **{"sops/knives.yaml": bad}))
    assert refused.status_code == 422
    assert refused.json()["problems"][0]["file"] == "sops/knives.yaml"
    assert push(token, b"no zip").json()["error"]["field"] == "archive"
    assert push(token, zipped(13), market="TH").status_code == 409
    assert push(token, zipped(13), seen="0" * 64).status_code == 409
    assert push(token, zipped(13), effective_at="hôm qua").json()["error"]["field"] == (
        "effective_at"
    )
    assert push(a_token(Permission.RULEBOOKS_RELEASE_READ), zipped(13)).status_code == 403
    assert Release.objects.get() == release


def test_what_was_in_force_is_told_the_same_by_api_and_command(release, monkeypatch):
    from brightline.commands import releases as command

    now = timezone.now()
    with clock.at(now + timedelta(minutes=10)):
        publish(a_rulebook(13), None)
    monkeypatch.setattr(command, "started", lambda _home: None)
    token = a_token(Permission.RULEBOOKS_RELEASE_READ)
    for minutes, number in ((-60, None), (1, 1), (11, 2)):
        at = (now + timedelta(minutes=minutes)).astimezone(VIETNAM)
        told = call(f"/releases?at={at:%Y-%m-%dT%H:%M}", token).json()
        assert [one["number"] for one in told] == ([] if number is None else [number])
        said = CliRunner().invoke(
            command.releases, ["--at", f"{at:%d/%m/%Y %H:%M}", "--format", "json"]
        )
        assert said.exit_code == (number is None)
        one = json.loads(said.output)[0]["release"]
        assert (one and one["number"]) == number
    assert len(call("/releases/VN", token).json()) == 2
    content = call(f"/rulebooks/{release.sha}", token).content
    assert hashlib.sha256(content).hexdigest() == release.sha
    assert content.decode() == to_json(a_rulebook())
