"""Pictures: only pixels are kept, within limits, for the eyes of those who may read the case."""

from __future__ import annotations

import base64
import io
import struct
import zlib
from contextlib import suppress

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from brightline.workbench.cases.models import Case, Picture
from brightline.workbench.cases.pictures import (
    PictureRefused,
    cleaned_picture,
    fetched_picture,
)
from tests.examples import some
from tests.workbench.api.calling import a_token, call, listing
from tests.workbench.making import person, shares


def picture(
    kind: str = "JPEG", size: tuple[int, int] = (40, 20), mode: str = "RGB", **more
) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, "red").save(out, kind, **more)
    return out.getvalue()


def with_camera() -> bytes:
    """A JPEG lying on its side, with a place and a maker in it."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "SECRETCAMERA"
    exif.get_ifd(0x8825)[1] = "N"
    return picture(exif=exif.tobytes(), comment=b"SECRETCOMMENT")


@pytest.mark.one_engine
def test_nothing_but_pixels_is_kept_and_they_stand_upright():
    clean = cleaned_picture(with_camera())
    assert b"SECRET" not in clean.data
    kept = Image.open(io.BytesIO(clean.data))
    assert not kept.getexif() and (kept.size, clean.width, clean.height) == ((20, 40), 20, 40)


@pytest.mark.one_engine
@pytest.mark.parametrize(
    ("kind", "mode", "ending"),
    [("PNG", "RGB", "jpg"), ("PNG", "RGBA", "jpg"), ("WEBP", "RGB", "jpg"), ("GIF", "P", "jpg"),
     ("JPEG", "CMYK", "jpg"), ("JPEG", "L", "jpg"), ("PNG", "1", "jpg"), ("PNG", "I;16", "jpg")],
)  # fmt: skip
def test_every_common_kind_is_read(kind, mode, ending):
    base = Image.new(mode if mode != "P" else "P", (10, 10))
    if mode == "RGBA":
        base.putalpha(255)
    out = io.BytesIO()
    base.save(out, kind)
    assert cleaned_picture(out.getvalue()).ending == ending


@pytest.mark.one_engine
def test_what_is_see_through_stays_so():
    out = io.BytesIO()
    Image.new("RGBA", (10, 10), (255, 0, 0, 100)).save(out, "PNG")
    assert cleaned_picture(out.getvalue()).ending == "png"


def bomb(side: int) -> bytes:
    """A PNG that says it is huge."""
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)

    def chunk(kind: bytes, data: bytes) -> bytes:
        said = struct.pack(">I", len(data)) + kind + data
        return said + struct.pack(">I", zlib.crc32(kind + data))

    body = zlib.compress(b"\0" * 100)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


@pytest.mark.one_engine
@pytest.mark.parametrize(
    "raw",
    [b"", b"nonsense", b"<svg onload='x'/>", b"%PDF-1.7", picture()[:200], picture("PNG")[:50],
     bomb(7000), bomb(20_000), bomb(60_000), b"x" * (11 << 20), picture("BMP"), picture("TIFF")],
)  # fmt: skip
def test_what_is_no_picture_or_too_much_is_refused(raw):
    with pytest.raises(PictureRefused) as refused:
        cleaned_picture(raw)
    assert refused.value.message


@pytest.mark.one_engine
@settings(max_examples=some(100), deadline=None)
@given(st.sampled_from([picture(), picture("PNG"), picture("GIF"), picture("WEBP")]), st.data())
def test_damaged_bytes_are_refused_or_read_and_never_break(raw, data):
    at = data.draw(st.integers(0, len(raw) - 1))
    hurt = raw[:at] + data.draw(st.binary(min_size=1, max_size=4)) + raw[at + 1 :]
    with suppress(PictureRefused):
        cleaned_picture(hurt)


@pytest.mark.one_engine
def test_pictures_are_fetched_only_from_hosts_on_the_list(settings):
    for url in ("https://cdn.example/a.jpg", "http://127.0.0.1/", "file:///etc/passwd", "x"):
        with pytest.raises(PictureRefused):
            fetched_picture(url)
    settings.PICTURE_HOSTS = frozenset({"localhost"})
    with pytest.raises(PictureRefused):  # on the list, and yet inside the network
        fetched_picture("http://localhost:9/a.jpg")


@pytest.fixture
def settled(release):
    shares()
    return release


@pytest.mark.django_db
def test_pictures_come_with_a_case_or_after_it(settled):
    token, raw = a_token(), base64.b64encode(with_camera()).decode()
    assert call("/cases", token, listing(pictures=[{"data": raw}])).status_code == 201
    assert call("/cases/VN/a-1", token).json()["pictures"] == 1
    files = {"pictures": [SimpleUploadedFile("b.png", picture("PNG", (9, 9)))]}
    for _time in range(2):
        got = Client().post(
            "/api/v1/cases/VN/a-1/pictures", files, headers={"Authorization": f"Bearer {token}"}
        )
        assert (got.status_code, got.json()) == (200, {"pictures": 2})
        files = {"pictures": [SimpleUploadedFile("b.png", picture("PNG", (9, 9)))]}
    assert Case.objects.get().pictures.count() == 2
    bad = Client().post(
        "/api/v1/cases/VN/a-1/pictures", {"pictures": [SimpleUploadedFile("b.png", b"x")]},
        headers={"Authorization": f"Bearer {token}", "Accept-Language": "en"},
    )  # fmt: skip
    assert (bad.status_code, bad.json()["error"]["field"]) == (422, "pictures.0")


@pytest.mark.django_db
def test_only_those_who_may_read_the_case_see_its_pictures(settled, alice, dave):
    raw = base64.b64encode(picture()).decode()
    call("/cases", a_token(), listing(pictures=[{"data": raw}]))
    path = f"/cases/pictures/{Picture.objects.get().pk}/"
    seen = {}
    for who in (alice, dave, person("thai", "moderator", market="TH"),
                person("other", "moderator", market="VN", queue="reviews"),
                person("own", "moderator", market="VN", queue="regulated")):  # fmt: skip
        client = Client()
        client.force_login(who)
        got = client.get(path)
        seen[who.username] = got.status_code
        assert who.username in ("alice", "own") or not got.streaming
        b"".join(got)  # read to its end, the file is closed
    assert seen == {"alice": 200, "dave": 403, "thai": 403, "other": 403, "own": 200}
    assert Client().get(path).status_code == 302
    client = Client()
    client.force_login(alice)
    got = client.get(path)
    assert (got["Content-Type"], got["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
    assert "private" in got["Cache-Control"]
    assert b"".join(got.streaming_content)[:2] == b"\xff\xd8"
    assert client.get(path, headers={"If-None-Match": got["ETag"]}).status_code == 304
    assert client.get("/cases/pictures/999999/").status_code == 404
