"""The words: every sentence is translated; numbers and dates read as a Vietnamese writes them."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import threading
import unicodedata
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from brightline import i18n

ROOT = Path(__file__).resolve().parent.parent
PO = Path(i18n.LOCALE_DIR) / "vi" / "LC_MESSAGES" / "brightline.po"
PLACEHOLDER = re.compile(r"(?<!\{)\{(\w+)[^{}]*\}(?!\})")


@cache
def catalogue() -> Catalog:
    with PO.open("rb") as file:
        return read_po(file, locale="vi", domain="brightline")


def messages() -> list[Message]:
    return [message for message in catalogue() if message.id]


def sources(message: Message) -> tuple[str, ...]:
    return message.id if isinstance(message.id, (tuple, list)) else (message.id,)


def translations(message: Message) -> tuple[str, ...]:
    return message.string if isinstance(message.string, (tuple, list)) else (message.string,)


def placeholders(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text))


def test_every_sentence_in_the_code_is_in_the_catalogue():
    found = extract_from_dir(
        ROOT / "src/brightline",
        method_map=[("**.py", "python")],
        keywords={"_": None, "N_": None, "ngettext": (1, 2)},
    )
    missing = {
        f"{file}:{line}: {message!r}"
        for file, line, message, _comments, _context in found
        if (message[0] if isinstance(message, tuple) else message) not in catalogue()
    }
    assert not missing, "./run messages, then translate:\n" + "\n".join(sorted(missing))


def test_no_translation_is_empty_or_unsure():
    poor = [message.id for message in messages() if message.fuzzy or not all(translations(message))]
    assert not poor, f"{len(poor)} to translate in {PO.name}: {poor[:20]} …"


def test_a_translation_has_the_placeholders_of_its_source():
    different = [
        message.id
        for message in messages()
        for translation in translations(message)
        if translation and placeholders(translation) != placeholders(sources(message)[-1])
    ]
    assert not different


def test_the_catalogue_is_nfc():
    text = PO.read_text("utf-8")
    assert text == unicodedata.normalize("NFC", text)


def test_nothing_in_the_catalogue_is_left_over():
    assert not catalogue().obsolete


def test_the_compiled_catalogue_is_that_of_the_source():
    compiled = io.BytesIO()
    write_mo(compiled, catalogue())
    mo = PO.with_suffix(".mo")
    assert mo.is_file(), "compile it with `python hatch_build.py`"
    assert mo.read_bytes() == compiled.getvalue(), "it is old: `python hatch_build.py`"


def test_a_sentence_speaks_the_language_in_force():
    assert i18n._("less than a second") == "less than a second"
    with i18n.use("vi"):
        assert i18n._("less than a second") == "chưa đến một giây"
        assert i18n.ngettext("{n} day", "{n} days", 1) == "{n} ngày"
        with i18n.use("en"):
            assert i18n.ngettext("{n} day", "{n} days", 2) == "{n} days"
        assert i18n.language() == "vi"
    assert i18n.language() == "en"


def test_without_a_compiled_catalogue_the_words_are_english(monkeypatch, tmp_path):
    monkeypatch.setattr(i18n, "LOCALE_DIR", str(tmp_path))
    monkeypatch.setattr(i18n, "_catalogues", {})
    with i18n.use("vi"):
        assert i18n._("less than a second") == "less than a second"
        assert i18n.ngettext("{n} day", "{n} days", 2) == "{n} days"


def test_an_unknown_language_is_refused():
    with pytest.raises(ValueError, match="vi, en"):
        i18n.set_language("fr")
    with pytest.raises(ValueError, match="vi, en"):
        i18n.use("")


def test_a_language_belongs_to_its_thread():
    seen = []
    with i18n.use("vi"):
        thread = threading.Thread(target=lambda: seen.append(i18n.language()))
        thread.start()
        thread.join()
    assert seen == ["en"]


@pytest.mark.parametrize(
    ("surroundings", "expected"),
    [
        ({}, "en"),
        ({"BRIGHTLINE_LANG": "vi"}, "vi"),
        ({"BRIGHTLINE_LANG": "VI-vn", "LANG": "en_US.UTF-8"}, "vi"),
        ({"BRIGHTLINE_LANG": "en", "LANG": "vi_VN.UTF-8"}, "en"),
        ({"BRIGHTLINE_LANG": "fr", "LANG": "vi_VN.UTF-8"}, "vi"),
        ({"LANG": "vi_VN.UTF-8"}, "vi"),
        ({"LC_MESSAGES": "vi"}, "vi"),
        ({"LC_ALL": "C.UTF-8", "LANG": "vi_VN.UTF-8"}, "en"),
        ({"LC_ALL": "", "LANG": "vi_VN.UTF-8"}, "vi"),
        ({"LANG": "via"}, "en"),
    ],
)
def test_the_default_language_is_that_of_the_surroundings(monkeypatch, surroundings, expected):
    for variable in ("BRIGHTLINE_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(variable, raising=False)
    for variable, value in surroundings.items():
        monkeypatch.setenv(variable, value)
    assert i18n.default_language() == expected


@pytest.mark.parametrize(
    ("value", "decimals", "vi", "en"),
    [
        (0, None, "0", "0"),
        (999, None, "999", "999"),
        (1_250_000.5, None, "1.250.000,5", "1,250,000.5"),
        (-1_250, None, "-1.250", "-1,250"),
        (2.0, None, "2", "2"),
        (1e20, None, "100.000.000.000.000.000.000", "100,000,000,000,000,000,000"),
        (1e-7, None, "0,0000001", "0.0000001"),
        (0.1, None, "0,1", "0.1"),
        (1234.565, 1, "1.234,6", "1,234.6"),
        (5, 2, "5,00", "5.00"),
        (Decimal("1234.50"), None, "1.234,5", "1,234.5"),
    ],
)
def test_thousands_are_grouped(value, decimals, vi, en):
    assert i18n.format_number(value, decimals) == en
    with i18n.use("vi"):
        assert i18n.format_number(value, decimals) == vi


def test_a_date_is_day_month_year():
    assert i18n.format_date(date(2026, 6, 30)) == "30 Jun 2026"
    with i18n.use("vi"):
        assert i18n.format_date(date(2026, 6, 5)) == "05/06/2026"


@pytest.mark.parametrize(
    ("seconds", "vi", "en"),
    [
        (0, "0 giây", "0 seconds"),
        (0.4, "chưa đến một giây", "less than a second"),
        (1, "1 giây", "1 second"),
        (59.6, "1 phút", "1 minute"),
        (90, "1 phút 30 giây", "1 minute 30 seconds"),
        (3600, "1 giờ", "1 hour"),
        (3599.7, "1 giờ", "1 hour"),
        (7500, "2 giờ 5 phút", "2 hours 5 minutes"),
        (86_399, "1 ngày", "1 day"),
        (86_400 * 90, "90 ngày", "90 days"),
        (86_400 + 3600 * 3, "1 ngày 3 giờ", "1 day 3 hours"),
    ],
)
def test_a_duration_is_told_in_its_two_largest_units(seconds, vi, en):
    assert i18n.format_duration(seconds) == en
    with i18n.use("vi"):
        assert i18n.format_duration(seconds) == vi


def test_a_duration_is_not_negative():
    with pytest.raises(ValueError, match="negative"):
        i18n.format_duration(-1)


def test_importing_the_words_loads_nothing_heavy():
    script = "import sys, brightline.i18n; print(*sys.modules)"
    isolated = [
        sys.executable,
        "-S",
        "-c",
        f"import sys; sys.path.insert(0, sys.argv[1]); {script}",
    ]
    loaded = subprocess.run(
        [*isolated, str(ROOT / "src")], capture_output=True, text=True, check=True
    ).stdout.split()
    assert "brightline.i18n" in loaded
    assert not {"gettext", "pathlib", "typing", "decimal", "re"} & set(loaded)
