"""XML made to do harm ends in a plain refusal."""

from __future__ import annotations

import pytest

from brightline.exchange.dmn.xml_tree import read_tree
from brightline.exchange.faults import Unreadable
from brightline.exchange.importing import imported

DMN = 'xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"'
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (f'<!DOCTYPE d [<!ENTITY l0 "ha">{LAUGHS}]><d>&l9;</d>'.encode(), "a DOCTYPE or an entity"),
        (b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><d>&x;</d>', "a DOCTYPE"),
        (b'<!DOCTYPE d SYSTEM "http://127.0.0.1/x.dtd"><d/>', "a DOCTYPE"),
        ('<!DOCTYPE d [<!ENTITY x "y">]><d/>'.encode("utf-16"), "a DOCTYPE"),
        (b"<d>" * 200_000, "nested more than 64 deep"),
        (b"<d>" + b"<e/>" * 600 + b"</d>", "more than 500 elements"),
        (b"<d><e></d>", "this is not XML"),
        (b"", "this is not XML"),
        (b"\x00\x01\x02", "this is not XML"),
        (b'<?xml version="1.0" encoding="klingon"?><d/>', ""),
        (b"<x:d/>", "this is not XML"),
    ],
    ids=[
        "laughs",
        "file",
        "net",
        "utf-16",
        "deep",
        "many",
        "open",
        "empty",
        "bytes",
        "tongue",
        "prefix",
    ],
)
def test_it_is_refused_soon(tmp_path, monkeypatch, data, message):
    monkeypatch.setattr("brightline.exchange.dmn.xml_tree.MOST_ELEMENTS", 500)
    path = tmp_path / "bad.dmn"
    path.write_bytes(data)
    with pytest.raises(Unreadable) as caught:
        read_tree(path)
    assert message in caught.value.problems[0].message


@pytest.mark.parametrize(
    "text",
    [
        "<html/>",
        '<definitions name="x"/>',
        '<definitions xmlns="http://example.org/not-dmn" name="x"/>',
        '<d:definitions xmlns:d="https://www.omg.org/spec/DMN/20191111/MODEL" name="x"/>',
    ],
)
def test_a_root_in_another_namespace_is_no_dmn(tmp_path, text):
    path = tmp_path / "other.dmn"
    path.write_text(text, "utf-8")
    with pytest.raises(Unreadable) as caught:
        imported(path, None, None)
    assert "DMN" in caught.value.problems[0].message


def test_our_words_count_only_in_our_own_namespace(tmp_path):
    """A file that merely looks like ours is read as anybody's."""
    path = tmp_path / "fake.dmn"
    path.write_text(
        f'<definitions {DMN} xmlns:bl="http://example.org/other" name="x"><extensionElements>'
        '<bl:file name="rulebook.yaml">rulebook: stolen</bl:file></extensionElements>'
        "</definitions>",
        "utf-8",
    )
    with pytest.raises(Unreadable) as caught:
        imported(path, None, None)
    assert "there is no decision table" in caught.value.problems[0].message


def test_a_prefix_of_any_name_is_fine(tmp_path):
    path = tmp_path / "prefixed.dmn"
    path.write_text(
        f'<q:definitions {DMN.replace("xmlns", "xmlns:q")} name="x"><q:decision id="d" name="D">'
        "<q:decisionTable><q:input><q:inputExpression><q:text>k</q:text></q:inputExpression>"
        '</q:input><q:output name="action"/><q:rule><q:inputEntry><q:text>"a"</q:text>'
        '</q:inputEntry><q:outputEntry><q:text>"b"</q:text></q:outputEntry></q:rule>'
        "</q:decisionTable></q:decision></q:definitions>",
        "utf-8",
    )
    assert imported(path, None, None).kind == "drafts"
