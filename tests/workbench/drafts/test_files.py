"""Files in and out of a draft: to the letter, from a template, from a document."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from brightline.exchange.exporting import exported
from brightline.workbench.drafts.actions.save_file import save_file
from brightline.workbench.drafts.reading import content_sha, files, rulebook_of
from tests.exchange.test_documents import TODAY, W, p
from tests.workbench.drafts.conftest import KNIVES

pytestmark = pytest.mark.django_db


def bring(client, draft, name: str, data: bytes, **more):
    address = reverse("draft_import", args=[draft.pk])
    return client.post(address, {"file": SimpleUploadedFile(name, data), **more}, follow=True)


def test_a_folder_goes_out_and_comes_back_to_the_letter(client, draft, mai):
    text = "# giữ lời này\n" + files(draft)[KNIVES].replace("\n", "\r\n")
    save_file(draft.pk, mai, KNIVES, text, 0)
    draft.refresh_from_db()
    before = files(draft)
    client.force_login(mai)
    out = client.get(reverse("draft_export", args=[draft.pk])).content
    with zipfile.ZipFile(io.BytesIO(out)) as archive:
        assert {n: archive.read(n).decode() for n in archive.namelist()} == before
    save_file(draft.pk, mai, KNIVES, "hỏng", 1)
    bring(client, draft, "folder.zip", out)
    draft.refresh_from_db()
    assert files(draft) == before


def test_a_workbook_of_ours_changes_what_it_says_and_keeps_the_comments(client, draft, mai):
    from tests.workbench.making import a_rulebook

    save_file(draft.pk, mai, KNIVES, "# giữ lời này\n" + files(draft)[KNIVES], 0)
    client.force_login(mai)
    book = exported(a_rulebook(points=15), "xlsx", TODAY).files[""]
    bring(client, draft, "rules.xlsx", book)
    draft.refresh_from_db()
    text = files(draft)[KNIVES]
    assert text.startswith("# giữ lời này") and "points: 15" in text
    assert content_sha(draft) == a_rulebook(points=15).sha


def test_a_word_document_becomes_a_new_sop_and_what_is_unclear_is_told(client, draft, mai):
    body = p("Súng đồ chơi", "Heading1") + p("Súng bắn đạn nhựa: gỡ sản phẩm", item=True) + p(
        "Súng nước: xem xét", item=True
    )  # fmt: skip
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(
            "word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>"
        )
    client.force_login(mai)
    page = bring(client, draft, "toys.docx", out.getvalue(), language="vi").content.decode()
    assert "Súng nước: xem xét" in page
    draft.refresh_from_db()
    path = next(one for one in draft.changed_paths() if "toys" in one or "sung" in one)
    assert "# ?" in files(draft)[path]
    edit = client.get(reverse("draft_edit", args=[draft.pk, path])).content.decode()
    assert "Súng bắn đạn nhựa" in edit


@pytest.mark.parametrize(
    ("name", "data"),
    [("x.exe", b"MZ"), ("x.docx", b"PK"), ("x.xlsx", b"no"), ("x.zip", b"no"), ("x.yaml", b"a: [")],
)
def test_what_cannot_be_read_is_refused_in_words_and_changes_nothing(
    client, draft, mai, name, data
):
    client.force_login(mai)
    assert "note error" in bring(client, draft, name, data).content.decode()
    draft.refresh_from_db()
    assert draft.revision == 0


def test_a_new_sop_starts_from_a_template_that_compiles(client, draft, mai):
    client.force_login(mai)
    said = {
        "title_vi": "Súng đồ chơi",
        "title_en": "Toy guns",
        "subject": "listing",
        "owner": "team",
    }
    answer = client.post(reverse("draft_new_sop", args=[draft.pk]), said)
    assert answer["Location"].endswith("sops/sung-do-choi.yaml")
    draft.refresh_from_db()
    assert rulebook_of(draft).sop_named("sung-do-choi").clauses
    copy = {**said, "title_vi": "Dao mới", "title_en": "New knives", "copy": "knives"}
    client.post(reverse("draft_new_sop", args=[draft.pk]), copy)
    draft.refresh_from_db()
    assert len(rulebook_of(draft).sop_named("dao-moi").clauses) == 3
    assert client.post(reverse("draft_new_sop", args=[draft.pk]), {}).status_code == 422
