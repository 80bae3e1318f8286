"""Our DMN read back is the same rulebook, and what another tool changed in its tables is taken."""

from __future__ import annotations

import pytest
from hypothesis import given, reject, settings

from brightline.exchange.dmn.own import from_own
from brightline.exchange.dmn.writing import to_dmn
from brightline.exchange.dmn.xml_tree import read_tree
from brightline.exchange.faults import Unreadable
from brightline.i18n import use
from brightline.rulebook.model import Hit
from tests.examples import some
from tests.exchange.making import cases, verdicts, wordy


def back(text: str, folder):
    path = folder / "book.dmn"
    path.write_text(text, encoding="utf-8")
    return from_own(read_tree(path), path)


def refused(text: str, folder) -> list[str]:
    with pytest.raises(Unreadable) as caught:
        back(text, folder)
    return [f"{p.line}: {p.message}" for p in caught.value.problems]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_vietnam_rulebook_comes_back_unchanged(vietnam, tmp_path, language):
    with use(language):
        text = to_dmn(vietnam)
    assert back(text, tmp_path).sha == vietnam.sha


@settings(max_examples=some(60))
@given(book=wordy())
def test_any_rulebook_comes_back_unchanged(book, tmp_path_factory):
    assert back(to_dmn(book), tmp_path_factory.mktemp("any")).sha == book.sha


@settings(max_examples=some(40))
@given(book=wordy())
def test_without_our_words_the_tables_alone_decide_the_same(book, tmp_path_factory):
    """Every clause reads its tests from its rows, as if another tool had written them."""
    import re

    text = to_dmn(book)
    bare = re.sub(r"<extensionElements>\n<bl:clause>.*?</bl:clause>\n</extensionElements>",
                  "", text, flags=re.DOTALL)  # fmt: skip
    titles = re.sub(r'(<rule id="[^"]*">)', r"\1<extensionElements><bl:clause>"
                    "title: {vi: a, en: b}\n</bl:clause></extensionElements>", bare)  # fmt: skip
    try:
        found = back(titles, tmp_path_factory.mktemp("bare"))
    except Unreadable as error:
        assert all("holds for every case" in p.message for p in error.problems)  # noqa: PT017
        reject()
    facts = cases(book, "listing", 60)
    assert verdicts(found, "listing", facts) == verdicts(book, "listing", facts)


def rule_of(text: str, clause: str) -> tuple[int, int]:
    """Where the first rule of a clause stands in the file."""
    start = text.rindex("<rule ", 0, text.index(f'<text>"{clause}"</text></outputEntry>'))
    return start, text.index("</rule>", start) + len("</rule>")


def test_a_test_that_was_changed_in_the_table_is_taken(good, tmp_path):
    text = to_dmn(good)
    sop = good.sop_named("vapes")
    start, end = rule_of(text, sop.clauses[0].id)
    rule = text[start:end]
    place = rule.index("<text>", rule.index("<inputEntry"))
    changed = rule[: place + 6] + '"phones"' + rule[rule.index("</text>", place) :]
    found = back(text[:start] + changed + text[end:], tmp_path).sop_named("vapes")
    assert found.clauses[0].when != sop.clauses[0].when
    assert "phones" in str(found.clauses[0].when)
    assert found.clauses[0].notice == sop.clauses[0].notice
    assert found.clauses[1:] == sop.clauses[1:]


def test_points_action_and_hit_policy_come_from_the_table(good, tmp_path):
    text = to_dmn(good)
    sop = good.sop_named("vapes")
    start, end = rule_of(text, sop.clauses[0].id)
    old = f"<text>{sop.clauses[0].points}</text></outputEntry>"
    rule = text[start:end]
    assert old in rule
    text = text[:start] + rule.replace(old, "<text>7</text></outputEntry>") + text[end:]
    table = text.index('<decisionTable id="table.vapes"')
    text = text[:table] + text[table:].replace('hitPolicy="PRIORITY"', 'hitPolicy="FIRST"', 1)
    found = back(text, tmp_path).sop_named("vapes")
    assert found.clauses[0].points == 7
    assert found.hit is Hit.FIRST


def test_a_rule_that_was_deleted_is_gone(good, tmp_path):
    sop = good.sop_named("reviews")
    text = to_dmn(good.of_sops(sop.model_copy(update={"examples": ()})))
    start, end = rule_of(text, sop.clauses[0].id)
    found = back(text[:start] + text[end:], tmp_path)
    assert [c.id for c in found.sops[0].clauses] == [c.id for c in sop.clauses[1:]]


def test_a_rule_added_elsewhere_lacks_its_title_and_says_so(good, tmp_path):
    text = to_dmn(good)
    start, end = rule_of(text, good.sop_named("vapes").clauses[0].id)
    rule = text[start:end]
    import re

    bare = re.sub(r"<extensionElements>.*?</extensionElements>", "", rule, flags=re.DOTALL)
    bare = bare.replace(good.sop_named("vapes").clauses[0].id, "NEW-1")
    bare = re.sub(r' id="[^"]*"', "", bare)
    messages = refused(text[:start] + bare + text[start:], tmp_path)
    line = text[:start].count("\n") + 1
    assert messages == [f"{line}: title is missing here"]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('hitPolicy="PRIORITY"', 'hitPolicy="COLLECT"', "the hit policy COLLECT has no place"),
        ("<bl:fact>item</bl:fact>", "", "is no fact of this SOP"),
        ('name="points" typeRef', 'name="score" typeRef', "the output score has no place"),
        ("</definitions>", "<businessKnowledgeModel name='x'/></definitions>",
         "businessKnowledgeModel has no place"),
        ("</definitions>", "<decision id='n' name='other'/></definitions>",
         "the decision other is no SOP"),
        ("sop: vapes\n", "sop: vapes\nmood: bad\n", "mood is no key that can stand here"),
    ],
)  # fmt: skip
def test_what_cannot_be_carried_is_refused_by_name(good, tmp_path, old, new, message):
    text = to_dmn(good)
    assert old in text
    found = refused(text.replace(old, new, 1), tmp_path)
    assert any(message in line for line in found), found
    assert all(not line.startswith("0:") for line in found)


def test_an_order_of_priorities_that_actions_do_not_have_is_refused(good, tmp_path):
    text = to_dmn(good)
    start = text.index("<text>", text.index('<output id="clause.vapes"')) + len("<text>")
    end = text.index("</text>", start)
    turned = ",".join(reversed(text[start:end].split(",")))
    found = refused(text[:start] + turned + text[end:], tmp_path)
    assert any("the order of the output values is not that of the actions" in f for f in found)


@pytest.mark.parametrize("name", ["../../evil", "/etc/evil", "..", "a/b", ""])
def test_no_name_in_a_file_leads_out_of_the_folder(good, tmp_path, name):
    text = to_dmn(good).replace('name="lexicons/vaping.csv"', f'name="lexicons/{name}.csv"')
    assert any("is no id" in line for line in refused(text, tmp_path))
    sop = to_dmn(good).replace("sop: reviews\n", f'sop: "{name}"\n')
    assert refused(sop, tmp_path)
