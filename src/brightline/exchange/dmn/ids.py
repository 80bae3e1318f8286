"""Ids made of other people's names: letters without accents, digits, underscores."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container

from brightline.rulebook.model import NO, RESERVED, YES


def id_of(name: str, taken: Container[str] = (), instead: str = "x") -> str:
    """An id for a name that is not taken yet: `Khách hàng VIP` → `khach_hang_vip`."""
    plain = unicodedata.normalize("NFD", name.replace("đ", "d").replace("Đ", "D"))
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    plain = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", plain).lower()
    plain = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:60] or instead
    if not plain[0].isalpha():
        plain = f"{instead}_{plain}"
    if plain in RESERVED or plain in (YES, NO):
        plain = f"{plain}_1"
    made, number = plain, 2
    while made in taken:
        made, number = f"{plain}_{number}", number + 1
    return made
