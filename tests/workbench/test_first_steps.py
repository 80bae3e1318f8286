"""An empty installation is brought up in the browser, by someone who sees the server's terminal."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from brightline.paths import bundled_rulebook
from brightline.workbench import first_code
from brightline.workbench.accounts.models import User
from brightline.workbench.audit.models import Event
from brightline.workbench.rulebooks.models import Release
from tests.workbench.making import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def code():
    cache.clear()
    yield first_code.new_code(settings.HOME)
    first_code.use_up(settings.HOME)


def told(code: str, **more: str) -> dict[str, str]:
    return {"code": code, "username": "lan", "display_name": "Lan",
            "password": "ngọn đèn trước gió", "manager": "on", **more}  # fmt: skip


def ask(client: Client, **said: str):
    return client.post(reverse("first_administrator"), said)


def test_the_first_administrator_is_made_with_the_code_and_is_logged_in(client, code):
    assert client.get("/").status_code == 200
    assert ask(client, **told(code)).status_code == 302
    lan = User.objects.get()
    assert {g.role for g in lan.grants.all()} == {"admin", "manager"}
    assert client.session["_auth_user_id"] == str(lan.pk)
    assert list(Event.objects.values_list("kind", flat=True)) == [
        "person.added", "grant.given", "grant.given",
    ]  # fmt: skip


def test_a_code_is_good_once(client, code):
    ask(client, **told(code))
    assert not first_code.right(settings.HOME, code)


def test_without_the_code_nothing_is_made(client, code):
    for wrong in ("", "AAAA-BBBB-CCCC"):
        assert ask(client, **told(wrong)).status_code == 422
    assert not User.objects.exists()


def test_the_code_may_be_typed_in_small_letters_without_dashes(client, code):
    assert ask(client, **told(code.lower().replace("-", " "))).status_code == 302


def test_a_weak_password_is_refused_and_the_code_stays_good(client, code):
    answer = ask(client, **told(code, password="12345678"))
    assert answer.status_code == 422
    assert "12345678" not in answer.content.decode()
    assert first_code.right(settings.HOME, code)


def test_once_there_is_someone_the_code_opens_nothing(client, code, alice):
    assert ask(client, **told(code)).status_code == 302
    assert not User.objects.filter(username="lan").exists()


def test_guessing_is_stopped(client, code):
    for _n in range(5):
        assert ask(client, **told("WRONG")).status_code == 422
    assert ask(client, **told(code)).status_code == 429
    cache.clear()


def test_only_the_hash_of_the_code_is_kept(code):
    kept = (settings.HOME / "first-code").read_text()
    assert code not in kept
    assert code.replace("-", "") not in kept
    assert (settings.HOME / "first-code").stat().st_mode & 0o077 == 0


@pytest.fixture
def manager(client, db):
    client.force_login(person("quản.lý", "manager"))
    return client


def test_the_bundled_rulebook_is_published_by_one_click(manager):
    assert manager.post(reverse("first_rulebook"), {"bundled": "1"}).status_code == 302
    assert Release.objects.get().market == "VN"


def zipped(change=lambda name, data: data, top: str = "vietnam/") -> io.BytesIO:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for path in sorted(bundled_rulebook().rglob("*")):
            if path.is_file():
                name = path.relative_to(bundled_rulebook()).as_posix()
                archive.writestr(top + name, change(name, path.read_bytes()))
    made.name = "rulebook.zip"
    made.seek(0)
    return made


def test_a_rulebook_of_ones_own_is_published_from_a_zip(manager):
    assert manager.post(reverse("first_rulebook"), {"archive": zipped()}).status_code == 302
    assert Release.objects.exists()


def test_a_rulebook_with_errors_is_not_published_and_its_problems_are_shown(manager):
    def broken(name: str, data: bytes) -> bytes:
        return data.replace(b"hit: most_severe", b"hit: luckiest") if "e-cig" in name else data

    answer = manager.post(reverse("first_rulebook"), {"archive": zipped(broken)})
    assert answer.status_code == 422
    assert "e-cigarettes.yaml" in answer.content.decode()
    assert not Release.objects.exists()


@pytest.mark.parametrize("data", [b"not a zip", b"PK\x03\x04 nearly"])
def test_what_is_no_zip_is_told_so(manager, data):
    upload = io.BytesIO(data)
    upload.name = "x.zip"
    assert manager.post(reverse("first_rulebook"), {"archive": upload}).status_code == 422


def test_a_zip_cannot_write_outside_its_folder(manager, tmp_path):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("../../../../tmp/brightline-escaped.yaml", "x")
        archive.writestr("/tmp/brightline-escaped.yaml", "x")
        archive.writestr("a/../../rulebook.yaml", "x")
    made.name = "x.zip"
    made.seek(0)
    answer = manager.post(reverse("first_rulebook"), {"archive": made})
    assert answer.status_code == 422
    assert "rulebook.yaml" in answer.content.decode()


def test_a_zip_that_swells_is_refused(manager, monkeypatch):
    monkeypatch.setattr("brightline.workbench.uploaded_rulebook.MOST_BYTES", 1_000_000)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("rulebook.yaml", b"0" * 2_000_000)
    made.name = "x.zip"
    made.seek(0)
    assert manager.post(reverse("first_rulebook"), {"archive": made}).status_code == 422


def test_a_manager_of_another_market_does_not_publish_here(client, db):
    client.force_login(person("th", "manager", market="TH"))
    assert client.post(reverse("first_rulebook"), {"bundled": "1"}).status_code == 403
    assert not Release.objects.exists()
