"""Drafts keep every change of everyone: alone, together, and where two touch the same thing."""

from __future__ import annotations

import pytest
from django.db import transaction

from brightline.workbench.audit.models import Event
from brightline.workbench.drafts.actions.close_draft import drop_draft, release_draft
from brightline.workbench.drafts.actions.open_draft import open_draft
from brightline.workbench.drafts.actions.save_file import Conflict, DraftClosed, locked, save_file
from brightline.workbench.drafts.models import How, Unmerged
from brightline.workbench.drafts.paths import NoSuchFile
from brightline.workbench.drafts.reading import content_sha, content_sha_or_none, files, text_at
from brightline.workbench.drafts.sources import digests_of, files_of_release, keep_source
from brightline.workbench.drafts.texts import text_of
from tests.workbench.making import person

pytestmark = pytest.mark.django_db
KNIVES = "sops/knives.yaml"


def test_a_draft_starts_as_the_release_and_compiles_to_the_same(draft, release):
    assert content_sha(draft) == release.sha
    assert set(files(draft)) >= {"rulebook.yaml", KNIVES, "lexicons/knives.csv"}
    assert not draft.changed_paths()


def test_a_release_that_was_published_with_its_files_gives_them_letter_by_letter(release, mai):
    kept = {path: f"# giữ\n{text}" for path, text in files_of_release(release).items()}
    keep_source(release.sha, kept)
    draft = open_draft(release, mai, "Dao bếp")
    assert files(draft) == kept


def test_each_change_is_a_revision_and_each_earlier_text_can_be_had(draft, mai):
    first = files(draft)[KNIVES]
    second = first.replace("points: 12", "points: 10")
    third = second.replace("points: 24", "points: 20")
    before = content_sha(draft)
    assert save_file(draft.pk, mai, KNIVES, second, 0).revision == 1
    assert save_file(draft.pk, mai, KNIVES, third, 1).revision == 2
    draft.refresh_from_db()
    assert [text_at(draft, KNIVES, n) for n in range(3)] == [first, second, third]
    assert files(draft, 1)[KNIVES] == second and files(draft, 0)[KNIVES] == first
    assert content_sha(draft) != before
    assert draft.changed_paths() == [KNIVES]
    save_file(draft.pk, mai, KNIVES, first, 2, How.UNDO)
    draft.refresh_from_db()
    assert content_sha(draft) == before


def test_a_comment_alone_does_not_change_what_is_signed(draft, mai):
    before, text = content_sha(draft), files(draft)[KNIVES]
    save_file(draft.pk, mai, KNIVES, f"# vì sao\n{text}", 0)
    draft.refresh_from_db()
    assert content_sha(draft) == before and files(draft)[KNIVES].startswith("# vì sao")


def test_a_text_that_does_not_compile_is_kept_all_the_same(draft, mai):
    save_file(draft.pk, mai, KNIVES, "sop: [", 0)
    draft.refresh_from_db()
    assert files(draft)[KNIVES] == "sop: [" and content_sha_or_none(draft) is None


def test_two_people_in_two_clauses_lose_nothing(draft, mai, carol):
    text = files(draft)[KNIVES]
    save_file(draft.pk, mai, KNIVES, text.replace("points: 24", "points: 30"), 0)
    saved = save_file(draft.pk, carol, KNIVES, text.replace("points: 12", "points: 10"), 0)
    assert saved.merged and "points: 30" in saved.text and "points: 10" in saved.text
    made = draft.revisions.get(number=2)
    assert made.how == How.MERGE and "points: 24" in text_of(made.mine)


def test_two_people_in_the_same_line_are_both_kept_and_nobody_wins_by_being_late(draft, mai, carol):
    text = files(draft)[KNIVES]
    save_file(draft.pk, mai, KNIVES, text.replace("points: 24", "points: 30"), 0)
    with pytest.raises(Conflict) as found:
        save_file(draft.pk, carol, KNIVES, text.replace("points: 24", "points: 18"), 0)
    [clash] = found.value.clashes
    assert clash.path == ("clauses", "K-1", "points")
    assert ("30" in clash.theirs) and ("18" in clash.mine)
    draft.refresh_from_db()
    assert "points: 30" in files(draft)[KNIVES]
    assert "points: 18" in text_of(Unmerged.objects.get().mine)


def test_who_types_on_in_what_was_kept_apart_has_one_version_of_it(draft, mai, carol):
    text = files(draft)[KNIVES]
    save_file(draft.pk, mai, KNIVES, text.replace("points: 24", "points: 30"), 0)

    def kept(who, points: int, instead: int | None) -> Unmerged:
        mine = text.replace("points: 24", f"points: {points}")
        with pytest.raises(Conflict) as found:
            save_file(draft.pk, who, KNIVES, mine, 0, instead=instead)
        return found.value.unmerged

    first = kept(carol, 1, None)
    assert kept(carol, 18, first.pk) == first
    assert "points: 18" in text_of(Unmerged.objects.get().mine)
    nam = person("nam", "author")
    assert kept(nam, 7, first.pk) != first, "another's version stays as it is"
    assert kept(carol, 6, None) != first, "a change of its own is kept beside it"
    assert "points: 18" in text_of(Unmerged.objects.get(pk=first.pk).mine)


def test_windows_line_ends_of_a_form_do_not_count_as_a_change(draft, mai):
    text = files(draft)[KNIVES]
    assert save_file(draft.pk, mai, KNIVES, text.replace("\n", "\r\n"), 0).made is None


@pytest.mark.parametrize("path", ["../x.yaml", "sops/../law.yaml", "sops/a.txt", "sops/a b.yaml"])
def test_only_files_of_a_rulebook_can_be_written(draft, mai, path):
    with pytest.raises(NoSuchFile):
        save_file(draft.pk, mai, path, "x", 0)


def test_a_closed_draft_does_not_change_any_more(draft, mai):
    with pytest.raises(ValueError, match="reason"):
        drop_draft(draft.pk, mai, " ")
    drop_draft(draft.pk, mai, "không cần nữa")
    with pytest.raises(DraftClosed):
        save_file(draft.pk, mai, KNIVES, "x", 0)


def test_a_released_draft_leaves_its_files_for_the_next(draft, release, mai):
    text = "# giữ lại\n" + files(draft)[KNIVES]
    save_file(draft.pk, mai, KNIVES, text, 0)
    with transaction.atomic():
        release_draft(locked(draft.pk), mai, release)
    assert files(open_draft(release, mai, "Sau"))[KNIVES] == text
    assert digests_of(release)[KNIVES]


def test_a_sitting_is_one_event_however_often_it_is_saved(draft, mai):
    text = files(draft)[KNIVES]
    for points in (11, 10, 9):
        save_file(draft.pk, mai, KNIVES, text.replace("points: 12", f"points: {points}"), 9)
    assert Event.objects.filter(kind="draft.edited").count() == 1
