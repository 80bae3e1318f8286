"""Words written so as not to be found, and innocent texts that look like them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brightline.signals.disguises.finding import DisguiseFinder
from brightline.signals.disguises.judging import judged
from brightline.signals.disguises.spellings import spellings
from brightline.signals.disguises.terms import word_of

WORDS = (
    "vũ khí", "vape", "thuốc lá điện tử", "thuốc", "ma túy", "cần sa", "hàng giả", "pod", "google",
    "zalo", "súng", "phá thai", "ngà voi", "kẹo", "truyện", "size", "đồ chơi", "xxx", "mềm",
    "thương lượng", "f1 fake",
)  # fmt: skip


def found(text: str, words: tuple[str, ...] = WORDS) -> set[tuple[str, str]]:
    """(word, what stands in the text) of every hit."""
    hits = DisguiseFinder(words).find([text])
    return {
        (words[word], text[start:end])
        for word, start, end in zip(hits.word, hits.start, hits.end, strict=True)
    }


DISGUISED = [
    ("bán v.a.p.e giá rẻ", "vape", "v.a.p.e"),
    ("V-A-P-E", "vape", "V-A-P-E"),
    ("v_a_p_e", "vape", "v_a_p_e"),
    ("v a p e", "vape", "v a p e"),
    ("t h u ố c", "thuốc", "t h u ố c"),
    ("v @ p e".replace(" ", ""), "vape", "v@pe"),
    ("v4p3", "vape", "v4p3"),
    ("p0d", "pod", "p0d"),
    ("vаpе", "vape", "vаpе"),  # Cyrillic а, е
    ("ｖａｐｅ", "vape", "ｖａｐｅ"),
    ("𝐯𝐚𝐩𝐞", "vape", "𝐯𝐚𝐩𝐞"),
    ("ⓥⓐⓟⓔ", "vape", "ⓥⓐⓟⓔ"),
    ("🇻🇦🇵🇪", "vape", "🇻🇦🇵🇪"),
    ("v\u0323a\u0323p\u0323e\u0323", "vape", "v\u0323a\u0323p\u0323e\u0323"),
    ("v̶a̶p̶e̶", "vape", "v̶a̶p̶e̶"),
    ("va\u200bp.e", "vape", "va\u200bp.e"),
    ("vaaaape", "vape", "vaaaape"),
    ("zaIo nhé", "zalo", "zaIo"),
    ("g.o.o.gle", "google", "g.o.o.gle"),
    ("goooogle", "google", "goooogle"),
    ("v.ũ k.h.í", "vũ khí", "v.ũ k.h.í"),
    ("v.u.k.h.i", "vũ khí", "v.u.k.h.i"),
    ("v u k h i", "vũ khí", "v u k h i"),
    ("vũkhí", "vũ khí", "vũkhí"),
    ("#thuocladientu", "thuốc lá điện tử", "thuocladientu"),
    ("t.h.u.ố.c lá đ.i.ệ.n t.ử", "thuốc lá điện tử", "t.h.u.ố.c lá đ.i.ệ.n t.ử"),
    ("thu0c", "thuốc", "thu0c"),
    ("m@ túy", "ma túy", "m@ túy"),
    ("ma-túy", "ma túy", "ma-túy"),
    ("fá thai an toàn", "phá thai", "fá thai"),
    ("kần sa", "cần sa", "kần sa"),
    ("hàg giả", "hàng giả", "hàg giả"),
    ("ngà v0i", "ngà voi", "ngà v0i"),
    ("bán n.g.à v.o.i", "ngà voi", "n.g.à v.o.i"),
    ("súúúng", "súng", "súúúng"),
    ("ĐỒ CH.ƠI", "đồ chơi", "ĐỒ CH.ƠI"),
    ("x.x.x", "xxx", "x.x.x"),
    ("ma t\u0301u\u0323y".replace("\u0323", "") + " m.a t.ú.y", "ma túy", "m.a t.ú.y"),
]
INNOCENT = [
    "vi vu khi trời vào thu", "vi vu khiii", "vũ khí", "vape", "hang gia dụng", "hàng, giả",
    "hàng (giả)", "thuốc\nlá điện tử", "kéo cắt vải", "k.e.o", "5 pod 10ml", "va pe", "câu chuyện",
    "size36-43", "5size", "1,5mm, 2 mm, 3 mm", "0.3m dùng", "bảo hàng 24 tháng", "M.a", "vap e",
    "vu khí", "vụ khi", "thương.Lượng", "mã tuỳ chọn", "cấp 2,3 thương hiệu", "vapex", "xvape",
    "v4 pe", "sung sướng", "súng", "podcast p.o.dcast", "ma tuy", "SIZE S M L XL",
    "", " ", "\u200b", ".....", "@@@@", "0000", "v" * 3000,
]  # fmt: skip


@pytest.mark.parametrize(("text", "word", "seen"), DISGUISED)
def test_a_disguised_word_is_found_where_it_stands(text: str, word: str, seen: str) -> None:
    assert (word, seen) in found(text)


@pytest.mark.parametrize("text", INNOCENT)
def test_innocent_texts_pass(text: str) -> None:
    assert found(text) == set()


def test_a_harmless_phrase_is_found_however_it_is_written() -> None:
    finder = DisguiseFinder(["thuốc lá", "cai thuốc lá"], [False, True])
    assert set(finder.find(["kẹo cai thuốc-lá"]).word.tolist()) == {0, 1}
    assert finder.find(["kẹo cai thuốc lá"]).word.tolist() == []


def test_words_too_short_or_with_signs_are_never_found() -> None:
    for word in ("rp", "1:1", "ip", "đt", ""):
        assert word_of(word) is None
        assert DisguiseFinder([word]).find(["r.p i.p 1.:.1 đ.t"]).word.tolist() == []


def test_teencode_is_no_other_word_of_the_list() -> None:
    assert "fá thai" in set(spellings("phá thai"))
    assert not set(spellings("pod"))
    assert found("bán da", ("bán za", "bán da")) == set()


def slow(text: str, words: tuple[str, ...]) -> set[tuple[str, int, int]]:
    """Every stretch of the text, every word: what the fast way must find."""
    hits = set()
    for given_word in words:
        forms = [word_of(given_word)]
        forms += [word_of(other, respelt=True) for other in spellings(given_word)]
        for word in filter(None, forms):
            if word.respelt and word.text in words:
                continue
            for start in range(len(text)):
                for end in range(start + 1, len(text) + 1):
                    if _whole(text, start, end) and judged(text, start, end, word):
                        hits.add((given_word, start, end))
    return hits


def _whole(text: str, start: int, end: int) -> bool:
    """Whether a stretch begins and ends with a letter, and no letter touches it."""
    sides = text[:start][-1:] + text[end:][:1]
    return text[start] not in " .\n" and text[end - 1] not in " .\n" and not sides.strip(" .\n")


FEW = ("vape", "vũ khí", "google", "phá thai", "xxx")
_pieces = st.sampled_from(
    [*"vape", *"vũkhí", "u", "i", "o", "0", "4", "g", "e", "l", "f", "x", " ", " ", ".", ".", "\n",
     "а", "vape", "vũ khí", "google", "thai", "xx"]
)  # fmt: skip


@given(st.lists(_pieces, max_size=12).map("".join))
def test_fast_finds_what_every_stretch_judged_one_by_one_finds(text: str) -> None:
    hits = DisguiseFinder(FEW).find([text])
    fast = {
        (FEW[word], start, end)
        for word, start, end in zip(
            hits.word.tolist(), hits.start.tolist(), hits.end.tolist(), strict=True
        )
    }
    assert fast == slow(text, FEW)


FINDER = DisguiseFinder(WORDS)


@given(st.lists(st.text(max_size=60), max_size=4))
def test_no_text_breaks_it_and_every_place_is_in_its_text(texts: list[str]) -> None:
    hits = FINDER.find(texts)
    for text, start, end in zip(hits.text, hits.start, hits.end, strict=True):
        assert 0 <= start < end <= len(texts[text])


@given(st.text(alphabet="vape.@ 0а\u0301\u200b\ud800\U0001f1fb中", max_size=40))
def test_hostile_characters_break_nothing(text: str) -> None:
    FINDER.find([text, "v.a.p.e"])
    assert FINDER.find([text + "\nv.a.p.e"]).word.tolist()


@given(st.lists(st.sampled_from(["v.a.p.e", "vi vu khi", "", "z@lo nhé"]), max_size=6))
def test_texts_do_not_meet_each_other(texts: list[str]) -> None:
    together = FINDER.find(texts)
    for row, text in enumerate(texts):
        alone = FINDER.find([text])
        mine = together.text == row
        assert together.word[mine].tolist() == alone.word.tolist()
        assert together.start[mine].tolist() == alone.start.tolist()


def test_a_megabyte_of_one_letter_is_no_trouble() -> None:
    for piece in ("v", "v.", "0", "@", "\u0301", "va"):
        FINDER.find([piece * (1_000_000 // len(piece))])
