"""Drawings are pictures, say that they are made up, and differ."""

from __future__ import annotations

import io
from random import Random

import pytest
from PIL import Image

from brightline.workbench.sample.drawing import INK, SHAPES, SIZE, drawing

pytestmark = pytest.mark.one_engine


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_is_a_picture_with_the_mark_below(shape):
    image = Image.open(io.BytesIO(drawing(shape, "Túi xách nữ " * 12, Random(1)))).convert("RGB")
    assert image.size == (SIZE, SIZE)
    band = [image.getpixel((x, SIZE - 22)) for x in range(150, 490)]
    dark = sum(all(abs(a - b) < 30 for a, b in zip(p, INK, strict=True)) for p in band)
    light = sum(min(p) > 200 for p in band)
    assert dark > 150
    assert light > 20


def test_the_same_draw_is_the_same_picture():
    assert drawing("box", "Hộp", Random(3)) == drawing("box", "Hộp", Random(3))
    assert drawing("box", "Hộp", Random(3)) != drawing("bag", "Hộp", Random(3))
