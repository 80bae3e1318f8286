"""The seller's page: opened by its link alone, and hostile to no one but the hostile."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from brightline.workbench.sellers.links import LIVES_ON, path_of, token_of
from brightline.workbench.sellers.models import Appeal, Paper, Statement
from brightline.workbench.sellers.views import outside
from tests.workbench.making import decided
from tests.workbench.sellers.making import (
    A_PDF,
    WORDS,
    a_picture,
    appealed,
    page_of,
    removed,
    suspended,
)

pytestmark = pytest.mark.django_db


def send(client, address: str, text: str = WORDS, *files: SimpleUploadedFile):
    return client.post(address + "appeal/", {"text": text, "papers": list(files)})


def file(name: str, data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def test_it_opens_without_a_login_in_vietnamese(client, release, alice):
    response = client.get(page_of(removed(alice)))
    said = response.content.decode()
    assert response.status_code == 200
    assert '<html lang="vi"' in said
    for words in ("Gỡ sản phẩm", "Kiếm Nhật trang trí", "Sản phẩm đã bị gỡ vì là vũ khí", "K-2"):
        assert words in said


def test_it_is_kept_out_of_caches_and_search_engines(client, release, alice):
    response = client.get(page_of(removed(alice)))
    assert response["Cache-Control"] == "private, no-store"
    assert "noindex" in response["X-Robots-Tag"]


def test_it_speaks_english_where_one_likes(client, release, alice):
    said = client.get(page_of(removed(alice)) + "?lang=en").content.decode()
    assert "Remove the listing" in said
    assert "Appeal until" in said


def test_it_shows_nothing_of_other_sellers(client, release, alice):
    removed(alice, seller="shop-2", title="Kiếm Nhật của người khác")
    said = client.get(page_of(removed(alice, title="Kiếm Nhật của tôi"))).content.decode()
    assert "của tôi" in said
    assert "của người khác" not in said
    assert "shop-2" not in said


@pytest.mark.parametrize("change", ["cut", "other", "swap", "junk", "empty-signature"])
def test_a_tampered_link_opens_nothing(client, release, alice, change):
    mine = token_of(Statement.objects.get(decision=removed(alice)))
    other = token_of(
        Statement.objects.get(decision=removed(alice, "shop-2", title="Kiếm Nhật hai"))
    )
    puid, signature = mine.split(".")
    token = {
        "cut": mine[:-1],
        "other": f"{other.split('.')[0]}.{signature}",
        "swap": f"{signature}.{puid}",
        "junk": "%00<script>",
        "empty-signature": f"{puid}.",
    }[change]
    for way in ("", "appeal/", "statement.json"):
        response = client.get(f"/sellers/s/{token}/{way}")
        assert response.status_code == 404
        assert "Kiếm" not in response.content.decode()


def test_a_link_signed_for_something_else_opens_nothing(client, release, alice):
    from django.core import signing

    statement = Statement.objects.get(decision=removed(alice))
    token = signing.Signer(salt="another", sep=".").sign(statement.puid)
    assert client.get(f"/sellers/s/{token}/").status_code == 404


def test_a_link_expires_some_time_after_the_deadline(client, release, alice, monkeypatch):
    address = page_of(removed(alice))
    statement = Statement.objects.get()
    monkeypatch.setattr(timezone, "now", lambda: statement.appeal_until + LIVES_ON)
    assert client.get(address).status_code == 200
    later = statement.appeal_until + LIVES_ON + timedelta(seconds=1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    response = client.get(address)
    assert response.status_code == 410
    assert "Gỡ sản phẩm" not in response.content.decode()


def test_after_the_deadline_it_shows_no_form_and_takes_no_appeal(client, release, alice):
    decision = removed(alice)
    Statement.objects.update(appeal_until=timezone.now() - timedelta(minutes=1))
    address = page_of(decision)
    assert "<textarea" not in client.get(address).content.decode()
    assert send(client, address).status_code == 409
    assert not Appeal.objects.exists()


def test_an_appeal_comes_in_with_its_papers(client, release, alice):
    address = page_of(removed(alice))
    response = send(client, address, WORDS, file("giấy.pdf", A_PDF), file("ảnh.jpg", a_picture()))
    assert response.status_code == 302
    assert response["Location"] == address + "appeal/"
    assert [(p.name, p.kind) for p in Paper.objects.all()] == [
        ("giấy.pdf", "application/pdf"),
        ("ảnh.jpg", "image/jpeg"),
    ]
    confirmed = client.get(response["Location"]).content.decode()
    assert Appeal.objects.get().number in confirmed


def test_sent_twice_it_is_one(client, release, alice):
    address = page_of(removed(alice))
    assert send(client, address).status_code == send(client, address).status_code == 302
    assert Appeal.objects.count() == 1


def test_the_answer_is_on_the_page(client, release, alice, carol):
    decision = suspended(alice)
    appealed(decision)
    assert "đang được xem xét" in client.get(page_of(decision)).content.decode()
    decided(carol, item="weapon", hidden="no")
    said = client.get(page_of(decision)).content.decode()
    assert "Sửa một phần" in said
    assert "đã được thay ngày" in said


def test_a_form_from_elsewhere_is_refused(release, alice):
    strict = Client(enforce_csrf_checks=True)
    address = page_of(removed(alice))
    assert send(strict, address).status_code == 403
    assert not Appeal.objects.exists()


def test_staff_do_not_appeal_in_a_sellers_name(enter, release, alice):
    decision = removed(alice)
    assert send(enter(alice), page_of(decision)).status_code == 403
    assert not Appeal.objects.exists()


@pytest.mark.parametrize("text", ["", "ngắn", "a" * 5_001, "x" * 5_000_000, "\x00" * 40])
def test_a_text_of_the_wrong_length_comes_back_with_a_word_on_it(client, release, alice, text):
    response = send(client, page_of(removed(alice)), text)
    assert response.status_code == 400
    assert 'role="alert"' in response.content.decode()
    assert len(response.content) < 60_000
    assert not Appeal.objects.exists()


def test_html_in_the_text_stays_text(client, release, alice):
    address = page_of(removed(alice, title="Kiếm Nhật <img src=x onerror=alert(1)>"))
    send(client, address, "<script>alert(1)</script> đây là kiếm nhựa")
    for page in (client.get(address), client.get(address + "appeal/")):
        said = page.content.decode()
        assert "<script>alert" not in said
        assert "<img src=x" not in said


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.pdf", b"<html><script>alert(1)</script></html>"),
        ("b.pdf", b"%PDF-1.4\n<html><script>alert(1)</script></html>\n%%EOF"),
        ("c.pdf", b"%PDF-1.4 cut off"),
        ("d.jpg", b"\xff\xd8\xff not a picture"),
        ("e.png", b"\x89PNG\r\n\x1a\n" + b"\x00" * 40),
        ("f.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        ("g.jpg", b"GIF89a" + b"\x00" * 40),
        ("h.exe", b"MZ" + b"\x00" * 40),
        ("i.pdf", b""),
    ],
)
def test_a_file_is_told_by_its_content(client, release, alice, name, data):
    response = send(client, page_of(removed(alice)), WORDS, file(name, data))
    assert response.status_code == 400
    assert not Paper.objects.exists()
    assert WORDS in response.content.decode()


def test_a_picture_named_as_a_pdf_is_kept_as_a_picture(client, release, alice):
    send(client, page_of(removed(alice)), WORDS, file("giấy.pdf", a_picture("PNG")))
    paper = Paper.objects.get()
    assert (paper.kind, paper.file.name[-4:]) == ("image/png", ".png")


def test_what_the_camera_wrote_is_gone(client, release, alice):
    exif = Image.Exif()
    exif[0x010F], exif[0x8825] = "Secret camera", {1: "N", 2: (21.0, 1.0, 42.0)}
    send(
        client, page_of(removed(alice)), WORDS,
        file("a.jpg", a_picture("JPEG", exif=exif.tobytes())),
    )  # fmt: skip
    paper = Paper.objects.get()
    with paper.file.open() as kept:
        data = kept.read()
        assert b"Secret camera" not in data
        assert not Image.open(paper.file).getexif()


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_drawn(client, release, alice):
    huge = a_picture("PNG", (9_000, 9_000))
    assert len(huge) < 1_000_000
    assert send(client, page_of(removed(alice)), WORDS, file("a.png", huge)).status_code == 400


def test_there_are_at_most_five_files(client, release, alice):
    files = [file(f"{n}.pdf", A_PDF) for n in range(6)]
    assert send(client, page_of(removed(alice)), WORDS, *files).status_code == 400


def test_a_file_of_more_than_ten_megabytes_is_refused(client, release, alice):
    big = file("a.pdf", A_PDF + b" " * (10 * 1024 * 1024))
    assert send(client, page_of(removed(alice)), WORDS, big).status_code == 400


def test_a_body_too_large_is_refused_unread(client, release, alice):
    response = client.generic(
        "POST", page_of(removed(alice)) + "appeal/", b"x",
        content_type="multipart/form-data; boundary=x", CONTENT_LENGTH=str(200 * 1024 * 1024),
    )  # fmt: skip
    assert response.status_code == 413


def test_the_sellers_name_for_a_file_is_no_path(client, release, alice):
    send(client, page_of(removed(alice)), WORDS, file("..\\..\\etc\\passwd\u202e.pdf", A_PDF))
    paper = Paper.objects.get()
    assert paper.name == "passwd.pdf"
    assert "passwd" not in paper.file.name


def test_views_are_limited_by_statement(client, release, alice, monkeypatch):
    monkeypatch.setattr(outside, "VIEWS_A_MINUTE", 2)
    address = page_of(removed(alice))
    other = page_of(removed(alice, "shop-2", title="Kiếm Nhật hai"))
    assert [client.get(address).status_code for _time in range(3)] == [200, 200, 429]
    assert int(client.get(address)["Retry-After"]) >= 1
    assert client.get(other).status_code == 200


def test_guesses_are_limited_by_address(client, release, monkeypatch):
    monkeypatch.setattr(outside, "STRANGERS_A_MINUTE", 2)
    assert [client.get("/sellers/s/a.b/").status_code for _time in range(3)] == [404, 404, 429]


def test_tries_to_appeal_are_limited(client, release, alice, monkeypatch):
    monkeypatch.setattr(outside, "TRIES_AN_HOUR", 1)
    address = page_of(removed(alice))
    assert [send(client, address, "ngắn").status_code for _time in range(2)] == [400, 429]


def test_the_platform_reads_the_same_as_json(client, release, alice):
    decision = removed(alice)
    said = client.get(path_of(decision.statement) + "statement.json").json()
    assert said["texts"]["vi"]["headline"] == "Gỡ sản phẩm"
    assert said["corrects"] is None


def test_no_other_way_of_asking_is_answered(client, release, alice):
    address = page_of(removed(alice))
    assert client.post(address).status_code == 405
    assert client.put(address + "appeal/").status_code == 405
    assert client.delete(address).status_code == 405
