"""Folders of teams that keep their rulebook in git: out and in without loss, and watched."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from brightline.exchange.planning import plan
from brightline.paths import bundled_rulebook
from brightline.workbench.drafts.actions.publish_folder import publish_folder
from brightline.workbench.publishing.exporting import files_as_bytes, write_folder
from brightline.workbench.publishing.models import WatchedFolder
from brightline.workbench.publishing.watch_words import lines
from brightline.workbench.publishing.watching import Looked, Watch, came_from, look_at
from brightline.workbench.rulebooks.actions.publish import publish
from brightline.workbench.rulebooks.actions.roll_back import roll_back
from brightline.workbench.rulebooks.folders import checked
from brightline.workbench.rulebooks.in_force import release_now
from brightline.workbench.rulebooks.models import Release
from tests.workbench.making import a_rulebook
from tests.workbench.releases.changing import sound

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "rules"
    write_folder({n: t.encode() for n, t in dict(plan(sound(), None, None).files).items()}, made)
    return made


def edit(folder: Path, before: str, after: str) -> None:
    path = folder / "sops" / "knives.yaml"
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), "utf-8")


def test_a_folder_comes_out_letter_by_letter_as_it_went_in(db, tmp_path, client: Client, mai):
    from datetime import date

    source = bundled_rulebook()
    book = checked(source, date(2026, 11, 25)).rulebook
    assert book is not None
    release = publish_folder(book, source, mai)
    write_folder(files_as_bytes(release), tmp_path / "out")
    for path in source.rglob("*"):
        if path.is_file() and not path.name.startswith("."):
            assert (tmp_path / "out" / path.relative_to(source)).read_bytes() == path.read_bytes()
    client.force_login(mai)
    answer = client.get(reverse("release_files", args=["VN", 1]))
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert len(archive.namelist()) == len(files_as_bytes(release))


def test_a_watched_folder_is_published_when_it_has_changed_and_is_quiet(db, folder):
    told: list[Looked] = []
    watch = Watch(folder, told.append)
    assert [watch.step() for _n in range(3)] == [False, True, False]
    assert told[0].release is not None and told[0].release.way == "folder"
    edit(folder, "points: 12", "points: 13")
    assert [watch.step() for _n in range(3)] == [False, True, False]
    assert release_now("VN").number == 2
    assert "2" in lines(told[1])[0]


def test_one_that_does_not_check_clean_changes_nothing_and_the_page_says_why(
    db, folder, client: Client, mai, alice
):
    look_at(folder)
    edit(folder, "expect: K-2", "expect: K-1")
    looked = look_at(folder)
    assert looked.release is None and Release.objects.count() == 1
    assert any("BL-501" in line for line in lines(looked))
    client.force_login(mai)
    page = client.get(reverse("releases")).content.decode()
    assert "BL-501" in page and str(folder) in page
    client.force_login(alice)
    assert str(folder) not in client.get(reverse("releases")).content.decode()
    edit(folder, "expect: K-1", "expect: K-2")
    assert look_at(folder).folder.state == WatchedFolder.State.FINE


def test_the_folder_does_not_undo_what_others_put_in_force(db, folder, mai):
    first = look_at(folder).release
    assert first is not None
    publish(a_rulebook(20), mai)
    edit(folder, "points: 12", "points: 13")
    looked = look_at(folder)
    assert looked.release is None and looked.folder.state == WatchedFolder.State.OTHERS
    assert release_now("VN").number == 2
    roll_back(first, mai, "Sai")
    assert look_at(folder).release is not None  # what it stood on is in force again


def test_a_release_says_which_commit_the_folder_was_at(folder):
    git = folder.parent / ".git"
    (git / "refs" / "heads").mkdir(parents=True)
    (git / "HEAD").write_text("ref: refs/heads/main\n")
    (git / "refs" / "heads" / "main").write_text("4f2a91c0d1e2f3a4b5c6\n")
    assert came_from(folder) == "rules @ 4f2a91c0d1e2"
