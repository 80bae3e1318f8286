"""What signals saw is marked in the original text, though spans overlap or run over its end."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from brightline.workbench.cases.spans import Seen, evidence_of, pieces

SPANS = st.lists(st.builds(Seen, st.integers(-3, 30), st.integers(-3, 30), st.sampled_from("abc")))


@given(st.text(max_size=24), SPANS)
def test_the_pieces_are_the_text_again(text, places):
    found = pieces(text, places)
    assert "".join(piece.text for piece in found) == text
    assert all(piece.text for piece in found)


@given(st.text(max_size=24), SPANS)
def test_each_code_point_is_marked_by_exactly_what_lies_over_it(text, places):
    at = 0
    for piece in pieces(text, places):
        for place in range(at, at + len(piece.text)):
            over = {p.words for p in places if p.start <= place < p.end}
            assert set(piece.seen) == over
        at += len(piece.text)


def test_code_points_count_not_bytes():
    found = pieces("😀 Kiếm Nhật", [Seen(2, 6, "x")])
    assert [piece.text for piece in found] == ["😀 ", "Kiếm", " Nhật"]


def test_a_whole_attribute_is_not_marked():
    place = {"attribute": "brand", "start": 0, "end": 4, "text": "Nike"}
    assert evidence_of({"source": "attribute:brand", "evidence": [place]}) == []
    assert evidence_of({"source": "lexicon:brands", "evidence": [place]}) == [place]
    assert evidence_of({"source": "lexicon:brands", "evidence": [{"start": "0"}]}) == []
