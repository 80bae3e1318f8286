"""Plain drawings of things, plainly made up: for cases of the demonstration that have pictures."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import cache
from random import Random

from PIL import Image, ImageDraw, ImageFont

from brightline.workbench.settings import FONTS

SIZE = 640
INK = (52, 58, 64)
GROUNDS = ((240, 237, 229), (229, 237, 240), (238, 233, 242), (232, 240, 230), (244, 236, 226))
PAINTS = ((176, 90, 70), (70, 116, 160), (96, 140, 88), (196, 150, 60), (120, 92, 150),
          (84, 134, 140), (150, 110, 90))  # fmt: skip
MARK = "HÌNH VẼ MẪU · SAMPLE DRAWING"

Draw = ImageDraw.ImageDraw
Paint = tuple[int, int, int]


def _bottle(d: Draw, paint: Paint) -> None:
    d.rounded_rectangle((270, 90, 370, 190), 14, fill=INK)
    d.rounded_rectangle((210, 180, 430, 530), 44, fill=paint)
    d.rounded_rectangle((238, 280, 402, 430), 10, fill="white")


def _box(d: Draw, paint: Paint) -> None:
    d.polygon([(150, 240), (320, 160), (490, 240), (320, 320)], fill=tuple(c + 30 for c in paint))
    d.polygon([(150, 240), (320, 320), (320, 520), (150, 430)], fill=paint)
    d.polygon([(490, 240), (320, 320), (320, 520), (490, 430)], fill=tuple(c - 20 for c in paint))


def _bag(d: Draw, paint: Paint) -> None:
    d.arc((230, 110, 410, 330), 180, 360, fill=INK, width=18)
    d.polygon([(160, 230), (480, 230), (520, 520), (120, 520)], fill=paint)
    d.rounded_rectangle((290, 300, 350, 340), 8, fill="white")


def _phone(d: Draw, paint: Paint) -> None:
    d.rounded_rectangle((210, 90, 430, 540), 36, fill=INK)
    d.rounded_rectangle((226, 126, 414, 500), 12, fill=paint)
    d.ellipse((308, 506, 332, 530), fill="white")


def _shoe(d: Draw, paint: Paint) -> None:
    d.polygon([(120, 270), (260, 240), (350, 350), (520, 400), (530, 460), (120, 460)], fill=paint)
    d.rounded_rectangle((110, 452, 540, 496), 18, fill=INK)
    for step in range(3):
        d.line((278 + 30 * step, 290 + 34 * step, 318 + 30 * step, 262 + 34 * step),
               fill="white", width=8)  # fmt: skip


def _shirt(d: Draw, paint: Paint) -> None:
    d.polygon(
        [(230, 130), (280, 160), (360, 160), (410, 130), (560, 230), (500, 310), (440, 270),
         (440, 530), (200, 530), (200, 270), (140, 310), (80, 230)], fill=paint,
    )  # fmt: skip


def _jar(d: Draw, paint: Paint) -> None:
    d.rounded_rectangle((190, 170, 450, 240), 16, fill=INK)
    d.rounded_rectangle((200, 236, 440, 500), 34, fill=paint)
    d.ellipse((260, 300, 380, 420), fill="white")


def _screen(d: Draw, paint: Paint) -> None:
    d.rounded_rectangle((90, 150, 550, 470), 20, fill=INK)
    d.rounded_rectangle((110, 170, 530, 450), 10, fill=paint)
    d.polygon([(280, 250), (280, 370), (380, 310)], fill="white")


SHAPES: dict[str, Callable[[Draw, Paint], None]] = {
    "bottle": _bottle, "box": _box, "bag": _bag, "phone": _phone, "shoe": _shoe,
    "shirt": _shirt, "jar": _jar, "screen": _screen,
}  # fmt: skip


@cache
def _font(weight: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONTS / f"BeVietnamPro-{weight}.ttf"), size)


def drawing(shape: str, words: str, random: Random) -> bytes:
    """A JPEG of 640 × 640 with a thing, a line of words, and a mark that says it is made up."""
    image = Image.new("RGB", (SIZE, SIZE), random.choice(GROUNDS))
    pen = ImageDraw.Draw(image)
    pen.ellipse((110, 490, 530, 560), fill=tuple(c - 18 for c in image.getpixel((0, 0))))  # type: ignore[union-attr]
    SHAPES[shape](pen, random.choice(PAINTS))
    font, small = _font("SemiBold", 26), _font("Regular", 20)
    while words and pen.textlength(words, font) > SIZE - 60:
        words = words[:-2].rstrip() + "…"
    pen.text((SIZE / 2, 40), words, INK, font, anchor="mm")
    pen.rectangle((0, SIZE - 44, SIZE, SIZE), fill=INK)
    pen.text((SIZE / 2, SIZE - 22), MARK, "white", small, anchor="mm")
    out = io.BytesIO()
    image.save(out, "JPEG", quality=78)
    return out.getvalue()
