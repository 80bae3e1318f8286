"""Papers that come with an appeal: told by their content, never by their name.

A picture is drawn anew, so that nothing but the picture is left of it. A PDF is kept as it is and
only ever handed out as a download.
"""

from __future__ import annotations

import hashlib
import io
import unicodedata
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import BinaryIO

from PIL import Image, ImageOps, UnidentifiedImageError

from brightline.i18n import _

MOST, LARGEST = 5, 10 * 1024 * 1024
MOST_PIXELS = 50_000_000
_LONGEST_SIDE = 4_000
_HTML = (b"<html", b"<script", b"<!doctype")


class BadPaper(ValueError):
    """A file that is not taken; the message tells the seller why."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A paper as it is kept."""

    name: str
    kind: str
    data: bytes

    @property
    def digest(self) -> str:
        """SHA-256 of what is kept."""
        return hashlib.sha256(self.data).hexdigest()


def checked(name: str, file: BinaryIO) -> Checked:
    """One paper, ready to be kept. Raises `BadPaper`."""
    shown = shown_name(name)
    data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise BadPaper(_("“{name}” is larger than 10 MB.").format(name=shown))
    if not data:
        raise BadPaper(_("“{name}” is empty.").format(name=shown))
    if data.startswith(b"%PDF-"):
        return Checked(shown, "application/pdf", _pdf(data, shown))
    if data.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")):
        kind, drawn = _picture(data, shown)
        return Checked(shown, kind, drawn)
    raise BadPaper(_("“{name}” is not a PDF, JPEG or PNG file.").format(name=shown))


def _pdf(data: bytes, shown: str) -> bytes:
    head = data[:1024].lower()
    if b"%%EOF" not in data[-2048:] or any(mark in head for mark in _HTML):
        raise BadPaper(_("“{name}” is not a whole PDF file.").format(name=shown))
    return data


def _picture(data: bytes, shown: str) -> tuple[str, bytes]:
    try:
        with Image.open(io.BytesIO(data), formats=("JPEG", "PNG")) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise BadPaper(
                    _("“{name}” has too many pixels; send it smaller.").format(name=shown)
                )
            form = opened.format or "PNG"
            upright = ImageOps.exif_transpose(opened)
            mode = "RGB" if form == "JPEG" or "A" not in upright.getbands() else "RGBA"
            plain = upright.convert(mode)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        if isinstance(error, BadPaper):
            raise
        raise BadPaper(_("“{name}” cannot be opened as a picture.").format(name=shown)) from None
    plain.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
    bare = Image.new(plain.mode, plain.size)
    bare.paste(plain)
    out = io.BytesIO()
    if form == "JPEG":
        bare.save(out, "JPEG", quality=88, optimize=True)
        return "image/jpeg", out.getvalue()
    bare.save(out, "PNG", optimize=True)
    return "image/png", out.getvalue()


def shown_name(name: str) -> str:
    """A file's name, safe to show: no folders, no control or direction marks, not too long."""
    plain = unicodedata.normalize("NFC", name.replace("\\", "/"))
    bare = PurePosixPath(plain).name
    kept = "".join(c for c in bare if unicodedata.category(c)[0] != "C").strip(" .")
    return kept[-120:] or "?"
