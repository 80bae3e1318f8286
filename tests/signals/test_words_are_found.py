"""What the signal `lexicon` promises about words and texts."""

from __future__ import annotations

import unicodedata

import pytest

from brightline.signals.spec import Evidence
from tests.signals.making import fact, read, terms, words_in


def test_case_does_not_matter() -> None:
    assert words_in("Bán VAPE, Vape và vape", "vape") == ["VAPE", "Vape", "vape"]
    assert words_in("THUỐC LÁ ĐIỆN TỬ", "thuốc lá điện tử") == ["THUỐC LÁ ĐIỆN TỬ"]


def test_a_word_does_not_match_inside_another() -> None:
    assert words_in("Samsung AirPods, Áo ke1, vape2, _vape_", "sung", "pod", "ke", "vape") == [
        "vape"
    ]


def test_accents_of_the_term_are_required() -> None:
    assert words_in("vu khi", "vũ khí") == []
    assert words_in("vũ khi", ("vũ khí", "word", True)) == []


def test_a_folded_term_matches_what_is_typed_wholly_without_accents() -> None:
    assert words_in("ban VU KHI gia re", ("vũ khí", "word", True)) == ["VU KHI"]
    assert words_in("can sa, bo da", ("cần sa", "word", True), ("bồ đà", "word", True)) == [
        "can sa",
        "bo da",
    ]


def test_folding_is_the_authors_choice_because_innocent_phrases_fold_alike() -> None:
    assert words_in("vi vu khi rảnh", ("vũ khí", "word", True)) == ["vu khi"]
    assert words_in("vi vu khi rảnh", "vũ khí") == []


@pytest.mark.parametrize("text", ["kê", "kẻ", "kế", "kệ", "ké", "ke\u0309", "k\u0065\u0302"])
def test_a_term_without_accents_does_not_match_a_word_with_them(text: str) -> None:
    assert words_in(text, "ke") == []


def test_d_with_a_stroke_is_a_letter_of_its_own() -> None:
    assert words_in("hàng da", "hàng đá") == []
    assert words_in("hang đa", ("hàng đá", "word", True)) == []


@pytest.mark.parametrize(
    ("typed", "term"), [("hòa", "hoà"), ("hoà", "hòa"), ("THỦY", "thuỷ"), ("khỏe", "khoẻ"),
                        ("ma túy", "ma tuý"), ("quỳ", "qùy")],
)  # fmt: skip
def test_both_ways_of_placing_a_tone_are_the_same(typed: str, term: str) -> None:
    assert words_in(f"có {typed} đây", term) == [typed]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_composed_and_decomposed_text_are_the_same(form: str) -> None:
    text = unicodedata.normalize(form, "Tinh dầu và thuốc lá điện tử!")
    assert words_in(text, "thuốc lá điện tử") == [unicodedata.normalize(form, "thuốc lá điện tử")]


def test_marks_in_an_unusual_order_are_read_as_meant() -> None:
    assert words_in("thuo\u0301\u0302c", "thuốc") == ["thuo\u0301\u0302c"]
    assert words_in("thu\u00f3\u0302c", "thuốc") == ["thu\u00f3\u0302c"]
    assert words_in("ca\u0300\u0302n sa", "cần sa") == ["ca\u0300\u0302n sa"]


def test_invisible_characters_are_ignored_and_stay_in_the_evidence() -> None:
    assert words_in("bán v\u200ba\u00adp\u2060e\u200b nhé", "vape") == ["v\u200ba\u00adp\u2060e"]
    assert words_in("ca\u0300\u200b\u0302n sa", "cần sa") == ["ca\u0300\u200b\u0302n sa"]


def test_white_space_of_any_kind_and_length_is_one_space() -> None:
    assert words_in("rep \u00a0\n\t1:1", "rep 1:1") == ["rep \u00a0\n\t1:1"]
    assert words_in("rep \u200b 1:1", "rep  1:1") == ["rep \u200b 1:1"]


def test_terms_with_signs_match_as_they_are_written() -> None:
    listed = ["v.a.p.e", "G u c c i", "Ch@nel", "rep 1:1", "ck 100%", "💨🥤", "m_a_t_u_y"]
    text = "V.A.P.E, g u c c i (ch@nel) rep 1:1; ck 100%! x💨🥤x M_A_T_U_Y"
    assert len(words_in(text, *listed)) == len(listed)
    assert words_in("vape, gucci, rep 1:10, rep 1.1", *listed) == []


def test_a_term_that_ends_in_a_sign_needs_no_space_after_it() -> None:
    assert words_in("ck 100%nhé", "ck 100%") == ["ck 100%"]
    assert words_in("xck 100%", "ck 100%") == []


def test_the_longest_of_overlapping_words_counts() -> None:
    assert words_in("tinh dầu vape xịn", "vape", "tinh dầu vape", "tinh dầu") == ["tinh dầu vape"]
    assert words_in("a b c d", "a b", "b c d") == ["b c d"]


def test_except_words_make_a_hit_inside_them_harmless() -> None:
    rows = [("hàng giả", "word"), ("không phải hàng giả", "except"), ("replica", "word"),
            ("Replica Jersey", "except")]  # fmt: skip
    assert words_in("Cam kết KHÔNG PHẢI hàng giả", *rows) == []
    assert words_in("không phải hàng giả, hàng giả đền tiền", *rows) == ["hàng giả"]
    assert words_in("áo replica jersey, túi replica", *rows) == ["replica"]


def test_an_except_word_does_not_hide_a_longer_hit() -> None:
    rows = [("hàng giả cao cấp", "word"), ("hàng giả", "word"), ("hàng giả", "except")]
    assert words_in("hàng giả cao cấp", *rows) == ["hàng giả cao cấp"]
    assert words_in("hàng giả", *rows) == []


def test_evidence_says_where_and_which_term() -> None:
    declared = fact("yes_no", {"signal": "lexicon", "list": "vaping", "in": ["title", "tags"]})
    reading = read(
        declared, {"title": "Sạc Pod", "tags": ["mới", "pod chill"]},
        {"vaping": terms("pod", "pod chill")},
    )  # fmt: skip
    assert reading.source == "lexicon:vaping"
    assert reading.evidence == (
        Evidence("title", 4, 7, "Pod", "pod"),
        Evidence("tags[1]", 0, 9, "pod chill", "pod chill"),
    )


def test_no_hit_is_unknown_unless_the_author_says_it_means_no() -> None:
    given = {"signal": "lexicon", "list": "vaping", "in": ["title", "description"]}
    lists = {"vaping": terms("pod")}
    assert read(fact("yes_no", given), {"title": "Áo"}, lists).value is None
    means_no = fact("yes_no", {**given, "absent": "no"})
    assert read(means_no, {"title": "Áo"}, lists).value == "no"
    for nothing in ({}, {"title": ""}, {"title": " \u200b\n"}, {"title": None}, {"title": 5}):
        assert read(means_no, nothing, lists).value is None


def test_the_author_names_the_option_that_no_hit_means() -> None:
    given = {"signal": "lexicon", "list": "vaping", "in": ["title"], "values": {"device": "vape"}}
    declared = fact("choice", {**given, "absent": "other"}, options={"vape": {}, "other": {}})
    lists = {"vaping": terms(("pod", "device"))}
    assert read(declared, {"title": "Áo"}, lists).value == "other"
    assert read(declared, {"title": "pod"}, lists).value == "vape"
    assert read(declared, {"title": ""}, lists).value is None
    misspelt = fact("choice", {**given, "absent": "othr"}, options={"vape": {}, "other": {}})
    assert read(misspelt, {"title": "Áo"}, lists).value is None


def test_the_kind_of_a_word_can_say_which_option() -> None:
    declared = fact(
        "choice",
        {"signal": "lexicon", "list": "vaping", "in": ["title"],
         "values": {"device": "e_cigarette", "liquid": "accessory"}},
        options={"e_cigarette": {}, "accessory": {}},
    )  # fmt: skip
    lists = {"vaping": terms(("pod", "device"), ("tinh dầu pod", "liquid"), ("hút", "slang"))}
    assert read(declared, {"title": "pod"}, lists).value == "e_cigarette"
    assert read(declared, {"title": "tinh dầu pod"}, lists).value == "accessory"
    both = read(declared, {"title": "tinh dầu pod cho pod"}, lists)
    assert (both.value, [e.text for e in both.evidence]) == ("e_cigarette", ["pod"])
    assert read(declared, {"title": "hút"}, lists).value is None


def test_only_the_kinds_asked_for_count() -> None:
    given = {"signal": "lexicon", "list": ["a", "b"], "in": "title", "kind": ["device"]}
    lists = {"a": terms(("pod", "device"), ("hút", "slang")), "b": terms(("iqos", "device"))}
    found = read(fact("yes_no", given), {"title": "pod iqos hút"}, lists)
    assert [e.text for e in found.evidence] == ["pod", "iqos"]
    assert found.source == "lexicon:a+b"


def test_a_language_with_more_letters_than_an_alphabet_holds_works_too() -> None:
    many = [chr(0x4E00 + i) + chr(0x4E00 + i + 1) for i in range(0, 600, 2)]
    text = " ".join(["電子", *many, "vape"])
    assert words_in(text, *many[:20], "電子煙", "vape") == [*many[:19], many[19]][:20]
    assert words_in(f"x{many[299]} {many[299]}", *many) == [many[299]]


def test_a_word_of_which_nothing_can_be_seen_is_never_found() -> None:
    assert words_in("a \u200b b", "\u200b", "\u200b \u2060", "b") == ["b"]
