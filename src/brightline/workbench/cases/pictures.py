"""Pictures of cases: decoded under limits, written anew without what the camera wrote into them.

A picture comes in as bytes. From an address it is only fetched where the installation allows that
host (`BRIGHTLINE_PICTURE_HOSTS`).
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

from brightline.i18n import _
from brightline.workbench.cases.models import Picture
from brightline.workbench.outside import OutsideError, fetch

if TYPE_CHECKING:
    from brightline.workbench.cases.models import Case

MOST_PICTURES = 20
MOST_BYTES = 10 << 20
MOST_PIXELS = 40_000_000
"""More would take more than 160 MB of memory to decode."""
LONGEST_SIDE = 4096
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
KINDS = {"jpg": "image/jpeg", "png": "image/png"}


class PictureRefused(ValueError):
    """A picture that is not taken: `message` says why, `hint` what would be."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


@dataclass(frozen=True, slots=True)
class Clean:
    """A picture ready to be kept; `digest` is the SHA-256 of `data`, `ending` a key of `KINDS`."""

    data: bytes
    ending: str
    width: int
    height: int
    digest: str


def cleaned_picture(raw: bytes) -> Clean:
    """A picture as it is kept: upright, at most 4096 pixels a side, nothing but pixels in it.

    JPEG, or PNG where parts of it are see-through. Raises `PictureRefused`.
    """
    if len(raw) > MOST_BYTES:
        raise PictureRefused(
            _("the picture has more than {most} MB").format(most=MOST_BYTES >> 20),
            _("send a smaller copy"),
        )
    try:
        ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint switches it on for a whole process
        with Image.open(io.BytesIO(raw), formats=FORMATS) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise PictureRefused(
                    _("the picture has more than {most} million pixels").format(
                        most=MOST_PIXELS // 1_000_000
                    ),
                    _("send a smaller copy"),
                )
            if opened.format == "JPEG":
                opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            upright = ImageOps.exif_transpose(opened)
            return _written(upright)
    except PictureRefused:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise PictureRefused(
            _("the picture has more than {most} million pixels").format(
                most=MOST_PIXELS // 1_000_000
            ),
            _("send a smaller copy"),
        ) from None
    except UnidentifiedImageError:
        raise PictureRefused(
            _("the file is no picture that can be read"), _("send a JPEG, PNG, WebP or GIF")
        ) from None
    except Exception as error:  # noqa: BLE001 - a decoder may fail in any way on hostile bytes
        raise PictureRefused(
            _("the picture is damaged: {error}").format(error=type(error).__name__),
            _("send a JPEG, PNG, WebP or GIF"),
        ) from None


def _written(picture: Image.Image) -> Clean:
    see_through = "A" in picture.getbands() or "transparency" in picture.info
    plain = picture.convert("RGBA" if see_through else "RGB")
    if see_through and plain.getchannel("A").getextrema() == (255, 255):
        see_through, plain = False, plain.convert("RGB")
    plain.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    pixels = Image.new(plain.mode, plain.size)  # a new one carries no metadata along
    pixels.paste(plain)
    out = io.BytesIO()
    if see_through:
        pixels.save(out, "PNG", optimize=False)
    else:
        pixels.save(out, "JPEG", quality=88)
    data = out.getvalue()
    digest = hashlib.sha256(data).hexdigest()
    return Clean(data, "png" if see_through else "jpg", *pixels.size, digest)


def fetched_picture(url: str) -> Clean:
    """The picture at an address whose host the installation allows.

    Raises `PictureRefused`.
    """
    host = (urlsplit(url).hostname or "").lower()
    if host not in settings.PICTURE_HOSTS:
        raise PictureRefused(
            _("pictures are not fetched from {host}").format(host=host[:100] or "?"),
            _("send the picture itself, or ask the administrator to allow that host"),
        )
    try:
        got = fetch("GET", url, most=MOST_BYTES + 1, seconds=10, same_hosts=settings.PICTURE_HOSTS)
    except OutsideError as error:
        raise PictureRefused(
            _("the picture could not be fetched: {error}").format(error=str(error)[:200])
        ) from None
    if got.status != 200:
        raise PictureRefused(
            _("the picture could not be fetched: {error}").format(error=f"HTTP {got.status}")
        )
    return cleaned_picture(got.body)


def keep_pictures(case: Case, pictures: Sequence[Clean]) -> None:
    """Store pictures of a saved case. The same picture of two cases is one file.

    Call it in the transaction of the case: a file without a row is harmless, the reverse is not.
    """
    rows = []
    for one in pictures[:MOST_PICTURES]:
        name = f"pictures/{one.digest[:2]}/{one.digest}.{one.ending}"
        if not default_storage.exists(name):
            name = default_storage.save(name, ContentFile(one.data))
        rows.append(
            Picture(case=case, file=name, width=one.width, height=one.height, digest=one.digest)
        )
    if rows:
        Picture.objects.bulk_create(rows)
