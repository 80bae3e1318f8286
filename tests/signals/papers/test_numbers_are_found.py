"""Numbers of papers in texts, as sellers write them, with their places; and what is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brightline.signals.papers.finding import key_of, numbers_in, rows_worth_reading
from brightline.signals.papers.kinds import KINDS, tax_code_is_sound


def found(text: str, kind: str) -> list[str]:
    numbers, marks = numbers_in(text, KINDS[kind])
    return [text[n.start : n.end] for n in numbers] + [f"?{text[a:b]}" for a, b in marks]


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("cosmetic_notification", "Số CB: 145280/21/CBMP-QLD.", ["145280/21/CBMP-QLD"]),
        ("cosmetic_notification", "số 1234 / 2023 / cbmp – HCM", ["1234 / 2023 / cbmp – HCM"]),
        ("cosmetic_notification", "12/21/CB\u200bMP-HN", ["12/21/CB\u200bMP-HN"]),
        ("cosmetic_notification", "Số 145280/CBMP", ["?CBMP"]),
        ("cosmetic_notification", "đã có CBMP đầy đủ", []),
        ("cosmetic_notification", "1/21/CBMP-HN và 2/22/CBMP-HN", ["1/21/CBMP-HN", "2/22/CBMP-HN"]),
        ("food_registration", "SĐK 8071/2019/ĐKSP", ["8071/2019/ĐKSP"]),
        ("food_registration", "8071/2019/đksp, 5/2020/DKSP", ["8071/2019/đksp", "5/2020/DKSP"]),
        ("food_registration", "8071/19/ĐKSP", ["?ĐKSP"]),
        ("ad_confirmation", "XNQC số 1027/2023/XNQC-ATTP", ["1027/2023/XNQC-ATTP"]),
        ("device_number", "220002087/PCBB-HCM", ["220002087/PCBB-HCM"]),
        ("device_number", "2301234ĐKLH/BYT-HTTB", ["2301234ĐKLH/BYT-HTTB"]),
        ("device_number", "mạch in PCB 2 lớp", []),
        ("tax_code", "MST 0100233488-001", ["0100233488-001"]),
        ("tax_code", "01002334881", []),
    ],
)
def test_it_reads(kind: str, text: str, expected: list[str]) -> None:
    assert found(text, kind) == expected


@pytest.mark.parametrize("kind", KINDS)
def test_the_example_shown_to_people_is_read_in_full(kind: str) -> None:
    example = KINDS[kind].example
    assert found(f"Số: {example}.", kind) == [example]
    assert key_of(example, KINDS[kind])


@pytest.mark.parametrize(
    "written",
    ["00123/21/CBMP-QLD", "123/2021/cbmp-qld", " 123 / 21 / CBMP - QLD ", "١٢٣/21/CBMP-QLD"],
)
def test_one_number_has_one_key_however_it_is_written(written: str) -> None:
    kind = KINDS["cosmetic_notification"]
    assert key_of(written, kind) == key_of("123/21/CBMP–QLD", kind)
    assert key_of("123/22/CBMP-QLD", kind) != key_of("123/21/CBMP-QLD", kind)


@pytest.mark.parametrize(
    ("code", "sound"),
    [
        ("0100233488", True), ("0100109106", True), ("0301447426", True), ("0100233489", False),
        ("0000000000", False), ("0012345678", False),
        ("001099012345", True), ("096199012345", True), ("097199012345", False),
        ("000099012345", False), ("001999012345", False),
    ],
)  # fmt: skip
def test_a_tax_code_is_sound_or_not(code: str, sound: bool) -> None:
    assert tax_code_is_sound(code) is sound


_parts = st.sampled_from(
    ["145280", "/", "21", "2021", "CBMP", "cbmp", "-QLD", " - ", "ĐKSP", "đksp", "dksp", "PCBB",
     "pcbb-hcm", "ĐKLH", "/BYT", "XNQC", "ſ", "K", "\u200b", "\ufe0f", "\u0301", "Số", " ", "\n",
     "220002087", "0100233488", "٣", "xnqc-", "ATTP"]
)  # fmt: skip
TEXTS = st.one_of(st.lists(_parts, max_size=14).map("".join), st.text(max_size=40))


@given(TEXTS, st.sampled_from(sorted(KINDS)))
def test_what_is_found_stands_in_the_text_in_order(text: str, name: str) -> None:
    numbers, marks = numbers_in(text, KINDS[name])
    ends = [0, *(number.end for number in numbers)]
    assert all(n.start >= end for n, end in zip(numbers, ends, strict=False))
    assert all(0 <= a < b <= len(text) for a, b in (*marks, *((n.start, n.end) for n in numbers)))
    for number in numbers:
        assert key_of(text[number.start : number.end], KINDS[name]) == number.key


@given(TEXTS)
def test_no_text_that_names_a_paper_is_passed_over(text: str) -> None:
    import pyarrow as pa

    named = any(any(numbers_in(text, kind)) for kind in KINDS.values() if kind.letters)
    worth = rows_worth_reading(pa.array([text, None, "Giày"]))
    assert 0 in worth or not named
    assert 1 not in worth
