"""No case and no table crashes the signal `papers`, or keeps it long; columns say what rows say."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brightline.signals.papers.judging import OUTCOMES
from brightline.signals.papers.kinds import KINDS
from brightline.signals.papers.register import read_register
from brightline.signals.tables import UnusableTable
from tests.signals.making import fact, option, problems, read, read_all, table
from tests.signals.papers.test_numbers_are_found import TEXTS
from tests.signals.papers.test_outcomes import COMPLETE, DATA, FROM, VALUES

CHOICE = fact("choice", {**COMPLETE, "values": VALUES}, options={o: option() for o in OUTCOMES})
TAX = fact("yes_no", {"signal": "papers", "paper": "tax_code", "number": "number", "absent": "no",
                      "finds": ["malformed", "implausible", "missing"]})  # fmt: skip
_text = st.none() | TEXTS
_days = st.sampled_from([None, "2025-06-01", "31/12/2025", "2025-02-31", "hôm qua", "9" * 400])
_cases = st.fixed_dictionaries(
    {"number": _text, "description": _text, "title": _text, "created_at": _days}
)


@given(st.lists(_cases, min_size=1, max_size=6))
def test_columns_say_what_rows_say(cases: list[dict]) -> None:
    for declared in (CHOICE, TAX):
        rows = [read(declared, case, data=DATA) for case in cases]
        assert all("failed" not in str(reading.reason) for reading in rows)
        assert read_all(declared, cases, data=DATA) == [reading.value for reading in rows]


@pytest.mark.parametrize("raw", [10**400, float("nan"), True, [], ["1/21/CBMP-HN", 5], {"a": 1}])
def test_raw_values_of_any_kind_are_read_or_left(raw: object) -> None:
    case = {"number": raw, "description": raw, "title": raw, "created_at": raw}
    for declared in (CHOICE, TAX):
        assert "failed" not in str(read(declared, case, data=DATA).reason)


_cells = st.sampled_from(
    ["number", "status", "valid_to", "product", "số", "145280/21/CBMP-QLD", "2026-06-30", '"', ",",
     ";", "\n", "\r", "\t", "=", "'", "thu hồi", "\ufeff", "\u200b", "\x00", "9" * 50, ""]
)  # fmt: skip


@given(st.lists(_cells, max_size=30).map("".join))
def test_any_text_is_a_register_or_is_refused(text: str) -> None:
    try:
        register = read_register(table(text), KINDS["cosmetic_notification"])
    except UnusableTable as refused:
        told = str(refused)
    else:
        told = ""
        assert all(register.values())
    assert not told or told.startswith("tables/table.2026-11-20.csv")


@pytest.mark.parametrize(
    "text",
    [
        "1 cbmp " * 15_000, "1/21/cbmp-hn " * 8_000, "145280/21/CBMP-QLD " * 5_000,
        "/" * 100_000, "1/" * 50_000, "220002087/byt" + "-byt" * 25_000, "pcbb-hcm 1 " * 9_000,
    ],
)  # fmt: skip
def test_a_text_written_to_wear_it_out_does_not(text: str) -> None:
    kinds = ("cosmetic_notification", "device_number")
    began = time.process_time()
    for kind in kinds:
        declared = fact(
            "yes_no", {**FROM, "paper": kind, "register": "cosmetics", "finds": "valid"}
        )
        read(declared, {"description": text, "title": "giày " * 20_000}, data={"cosmetics": None})
    assert time.process_time() - began < 5


@pytest.mark.parametrize(
    ("more", "word"),
    [
        ({"paper": "passport"}, "passport"), ({"register": "cosmetcs"}, "cosmetics"),
        ({"number": "numbr"}, "number"), ({"on": "day"}, "day"), ({"years": "five"}, "five"),
        ({"years": 0}, "years"), ({"complete": "maybe"}, "maybe"), ({"finds": "revokd"}, "revoked"),
        ({"finds": None}, "finds"), ({"paper": "tax_code"}, "own"),
        ({"number": None, "in": None}, "number or in"),
    ],
)  # fmt: skip
def test_check_names_what_is_wrong(more: dict, word: str) -> None:
    given = {**FROM, "finds": "revoked", **more}
    given = {key: value for key, value in given.items() if value is not None}
    found = problems(fact("yes_no", given), data={"cosmetics": None})
    assert len(found) == 1, found
    assert word in found[0]


def test_check_has_nothing_against_what_is_right() -> None:
    assert problems(CHOICE, data=DATA) == []
    assert problems(TAX) == []
