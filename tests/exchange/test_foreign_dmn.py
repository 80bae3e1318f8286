"""Decision tables of other tools become drafts that mean the same; the rest is refused by name."""

from __future__ import annotations

import itertools
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from brightline.exchange.dmn.drafting import drafts_of
from brightline.exchange.dmn.foreign import SPACES
from brightline.exchange.dmn.xml_tree import read_tree
from brightline.exchange.faults import Unreadable
from brightline.rulebook.model import Rulebook
from brightline.rulebook.reading import read, read_with_sources
from tests.exchange.conftest import GOOD
from tests.exchange.making import verdicts
from tests.exchange.plain_dmn import SPACE, decide

REFUND = Path(__file__).parent / "camunda" / "refund.dmn"
STRING = '<input><inputExpression typeRef="{type}"><text>{text}</text></inputExpression></input>'
HEAD = '<definitions xmlns="{space}" xmlns:camunda="http://camunda.org/schema/1.0/dmn" name="x">'


def table(rows: str, inputs: str = "", policy: str = "UNIQUE", outputs: str = "") -> str:
    inputs = (
        inputs
        or '<input><inputExpression typeRef="string"><text>kind</text></inputExpression></input>'
    )
    outputs = outputs or '<output name="action" typeRef="string"/>'
    return (
        f'<decision id="d" name="Kind check"><decisionTable hitPolicy="{policy}">{inputs}{outputs}'
        f"{rows}</decisionTable></decision>"
    )


def rule(test: str, output: str = '"allow"') -> str:
    return (
        f"<rule><inputEntry><text>{test}</text></inputEntry>"
        f"<outputEntry><text>{output}</text></outputEntry></rule>"
    )


def drafts(body: str, folder: Path, base: Rulebook | None = None, space: str | None = None):
    path = folder / "foreign.dmn"
    space = space or "https://www.omg.org/spec/DMN/20191111/MODEL/"
    path.write_text(HEAD.format(space=space) + "\n" + body + "\n</definitions>", "utf-8")
    return drafts_of(read_tree(path), path, base)


def draft(body: str, folder: Path, base: Rulebook | None = None, space: str | None = None) -> dict:
    files = drafts(body, folder, base, space).files
    return YAML(typ="safe", pure=True).load(files["sops/kind-check.yaml"])


def refused(body: str, folder: Path, base: Rulebook | None = None) -> list[tuple[int, str, str]]:
    with pytest.raises(Unreadable) as caught:
        drafts(body, folder, base)
    return [(p.line, p.message, p.hint or "") for p in caught.value.problems]


def completed(files: dict[str, str]) -> Rulebook:
    """A draft with what is left to write filled in."""
    yaml = YAML(typ="safe", pure=True)

    def filled(value):
        if isinstance(value, dict):
            if set(value) == {"en"}:
                return {"vi": value["en"], **value}
            return {key: filled(part) for key, part in value.items()}
        return [filled(part) for part in value] if isinstance(value, list) else value

    head = filled(yaml.load(files["rulebook.yaml"]))
    sops = [filled(yaml.load(text)) for name, text in files.items() if name.startswith("sops/")]
    words = {"vi": "x", "en": "x"}
    for sop in sops:
        sop |= {"subject": "case", "owner": "team", "review_by": "2030-01-01", "purpose": words,
                "cannot_tell": next(iter(head["actions"]))}  # fmt: skip
        for clause in sop["clauses"]:
            clause.setdefault("title", words)
    for number, action in enumerate(head["actions"].values()):
        action.setdefault("severity", number)
    subjects = {"case": {"title": words, "attributes": {}}}
    return Rulebook.model_validate(head | {"market": "VN", "subjects": subjects, "sops": sops})


def test_a_drd_of_camundas_modeler_decides_as_it_did_there(tmp_path):
    files = drafts_of(read_tree(REFUND), REFUND, None).files
    book = completed(files)
    root = ET.parse(REFUND).getroot()
    decisions = {d.get("id"): d for d in root.iter(f"{SPACE}decision")}
    spaced = {"[3..20]": "[3..20]", "]0..500000[": "(0..500000)", '"damaged", "never arrived"':
              '"damaged","never arrived"'}  # fmt: skip
    for text in root.iter(f"{SPACE}text"):
        text.text = spaced.get(text.text, text.text or "-")
    seen = set()
    for orders, reported, amount, reason in itertools.product(
        [0, 2, 3, 20, 21],
        [True, False],
        [0, 1, 499_999, 500_000],
        ["damaged", "never arrived", "x"],
    ):
        case = {"orders": orders, "reported before": reported, "amount": amount, "reason": reason}
        case["risk"] = _last(decide(decisions["Decision_risk"], case))
        there = _last(decide(decisions["Decision_refund"], case))
        facts = {"orders": orders, "reported_before": "yes" if reported else "no", "amount": amount,
                 "reason": {"x": "other"}.get(reason, reason.replace(" ", "_"))}  # fmt: skip
        action, _clauses = verdicts(book, "case", [facts])[0]
        assert book.actions[action].title["en"] == there
        seen.add(there)
    assert seen == {"Manual review", "Refund", "Ask for papers"}


def _last(found) -> str:
    return found[0]  # the first output of these tables is what counts


def test_a_draft_says_what_is_left_and_check_lists_it(tmp_path):
    files = drafts_of(read_tree(REFUND), REFUND, None).files
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    _book, _sources, problems = read_with_sources(tmp_path)
    said = [problem.message for problem in problems]
    for key in ("subject", "owner", "review_by", "purpose", "cannot_tell", "market"):
        assert f"{key} is missing here" in said
        assert key in files["sops/refund-action.yaml"] + files["rulebook.yaml"]
    assert all(problem.code.startswith("BL-2") for problem in problems), said
    assert "note" in files["sops/refund-action.yaml"]
    assert "Team: fraud" in files["sops/refund-action.yaml"]


@pytest.mark.parametrize("space", SPACES)
def test_every_version_of_dmn_is_read(tmp_path, space):
    found = draft(table(rule('"a"') + rule('not("a")', '"stop"')), tmp_path, space=space)
    assert [c["when"] for c in found["clauses"]] == [{"kind": "a"}, {"kind": {"not": "a"}}]


@pytest.mark.parametrize(
    ("type_", "cell", "test"),
    [
        ("string", '"a", "b"', ["a", "b"]),
        ("string", 'not("a","b")', {"not": ["a", "b"]}),
        ("boolean", "true", "yes"),
        ("integer", "[1..5]", "[1..5]"),
        ("double", "]1..5]", "(1..5]"),
        ("number", "&lt; 0.3", "< 0.3"),
        ("number", "&gt;= 18, 3", [">= 18", 3]),
        ("long", "not([0..1])", {"not": "[0..1]"}),
        ("feel:number", "= 7", 7),
        ("", "-1.5", -1.5),
        ("", '"Hàng đã mở"', "hang_da_mo"),
    ],
)
def test_unary_tests_keep_their_meaning(tmp_path, type_, cell, test):
    inputs = STRING.format(type=type_, text="kind").replace("<input>", '<input label="K">')
    found = draft(table(rule(cell), inputs), tmp_path)
    assert found["clauses"][0]["when"] == {"kind": test}
    assert found["facts"]["kind"]["title"] == {"en": "K"}


def test_allowed_values_are_the_options_and_no_other_is_added(tmp_path):
    kinds = (
        '<itemDefinition name="tKind"><typeRef>string</typeRef><allowedValues>'
        '<text>"a","b"</text></allowedValues></itemDefinition>'
    )
    inputs = '<input><inputExpression typeRef="tKind"><text>kind</text></inputExpression></input>'
    found = draft(kinds + table(rule('"a"'), inputs), tmp_path)
    assert list(found["facts"]["kind"]["options"]) == ["a", "b"]


def test_actions_and_facts_of_a_rulebook_are_used_where_they_fit(tmp_path):
    good = read(GOOD)
    inputs = (
        '<input><inputExpression typeRef="string"><text>category</text></inputExpression></input>'
    )
    outputs = '<output name="why" typeRef="string"/><output name="what" typeRef="string"/>'
    row = rule('"beauty"', '"x"').replace(
        "</rule>", '<outputEntry><text>"remove"</text></outputEntry></rule>'
    )
    made = drafts(table(row, inputs, outputs=outputs), tmp_path, good)
    found = YAML(typ="safe", pure=True).load(made.files["sops/kind-check.yaml"])
    assert list(made.files) == ["sops/kind-check.yaml"]
    assert "facts" not in found
    assert found["clauses"][0]["action"] == "remove"
    assert found["clauses"][0]["note"] == {"en": "why: x"}


def test_a_default_output_is_the_last_resort(tmp_path):
    outputs = (
        '<output name="action"><defaultOutputEntry><text>"stop"</text></defaultOutputEntry>'
        "</output>"
    )
    found = draft(table(rule('"a"'), outputs=outputs), tmp_path)
    assert found["clauses"][-1] == {"id": "R-0", "otherwise": "yes", "action": "stop"}


def test_priorities_become_severities(tmp_path):
    outputs = (
        '<output name="action"><outputValues><text>"ban","warn"</text></outputValues></output>'
    )
    rows = rule('"a","b"', '"warn"') + rule('"a"', '"ban"')
    files = drafts(table(rows, policy="PRIORITY", outputs=outputs), tmp_path).files
    book = completed(files)
    assert book.actions["ban"].severity > book.actions["warn"].severity
    assert verdicts(book, "case", [{"kind": "a"}])[0][0] == "ban"


REFUSED = [
    (table(rule('"a"'), policy="COLLECT"), "the hit policy COLLECT"),
    (table(rule('"a"'), policy="RULE ORDER"), "the hit policy RULE ORDER"),
    (table(rule('"a"'), policy="OUTPUT ORDER"), "the hit policy OUTPUT ORDER"),
    (table(rule('starts with(?, "a")')), "rule 1, column kind: a call of a function"),
    (table(rule('"a"') + rule("? != null")), "rule 2, column kind: an expression on ?"),
    (table(rule('date("2026-01-01")')), "a date, time or duration"),
    (table(rule('@"2026-01-01"')), "a date, time or duration"),
    (table(rule('[date("2026-01-01")..date("2026-02-01")]')), "whose ends are no numbers"),
    (table(rule("&lt; other")), "a name: another value"),
    (table(rule("null")), "column kind: null"),
    (table(rule("if x then 1 else 2")), "an expression with if"),
    (table(rule('&gt; "a"')), "a comparison of texts"),
    (table(rule("{a: 1}")), "a context"),
    (table(rule("3"), STRING.format(type="date", text="day")), "a test on a date or time"),
    (table(rule("3"), STRING.format(type="string", text="kind")), "are of several sorts"),
    (table(rule('"a",3'), STRING.format(type="", text="kind")), "are of several sorts"),
    (table(rule('"a"'), STRING.format(type="tMine", text="kind")), "the type tMine is not known"),
    (table(rule('"a"'), STRING.format(type="string", text="a + b")), "the input expression is"),
    (table(rule('"a"'), STRING.format(type="", text="upper case(a)")), "a call of a function"),
    (table(rule('"a"', "price * 2")), "an output is"),
    (table(rule('"a"', '"x","y"')), "an output is several values"),
    (table(rule("-") + rule('"a"'), policy="FIRST"), "rule 1: it holds for every case"),
    (table(rule('"a"', "")), "rule 1: it has no output"),
    (table(rule('"a"').replace("<rule>", "<rule><inputEntry/>")), "other cells than the table has"),
    (table(rule('"a"').replace("<text>", '<text xml:lang="en">', 1).replace(
        "<inputEntry>", '<inputEntry expressionLanguage="groovy">')), "groovy is not read"),
    ('<decision name="L"><literalExpression><text>1</text></literalExpression></decision>',
     "decision L: literalExpression has no place"),
    ('<decision name="C"><context/></decision>', "decision C: context has no place"),
    ('<decision name="I"><invocation/></decision>', "decision I: invocation has no place"),
    ('<businessKnowledgeModel name="score"/>', "businessKnowledgeModel score has no place"),
    ('<import name="other"/>', "import other has no place"),
    ('<decisionService name="s"/>', "decisionService s has no place"),
    ("", "there is no decision table"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "message"), REFUSED, ids=[m for _b, m in REFUSED])
def test_what_has_no_place_is_refused_by_name_and_line(tmp_path, body, message):
    found = refused(body, tmp_path)
    assert any(message in said for _line, said, _hint in found), found
    assert all(line in (1, 2) for line, _said, _hint in found)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('<text>"high"</text>', '<text>"extreme"</text>', "risk never gives this value"),
        ('href="#Decision_risk"', 'href="#Decision_gone"', "Decision_gone it requires is not here"),
        ('<output id="Out_4"', '<output name="more"/><output id="Out_4"', "other cells than"),
        ('<decisionTable id="Table_risk" hitPolicy="FIRST">',
         '<decisionTable id="Table_risk" hitPolicy="PRIORITY">', "its hit policy is PRIORITY"),
        ('<decision id="Decision_risk" name="risk">',
         '<decision id="Decision_risk" name="risk"><informationRequirement><requiredDecision '
         'href="#Decision_refund"/></informationRequirement>', "require each other in a circle"),
    ],
)  # fmt: skip
def test_requirements_that_cannot_be_followed_are_refused(tmp_path, old, new, message):
    text = REFUND.read_text("utf-8")
    assert old in text
    path = tmp_path / "changed.dmn"
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(Unreadable) as caught:
        drafts_of(read_tree(path), path, None)
    assert any(message in p.message for p in caught.value.problems), caught.value


def test_two_required_decisions_hold_together(tmp_path):
    """Both groups of values must hold, though a condition has only one `is`."""

    def lower(name: str) -> str:
        inputs = STRING.format(type="number", text=f"n {name}")
        body = table(
            rule("&lt; 5", '"low"') + rule("[5..9]", '"mid"') + rule("&gt; 9", '"top"'), inputs
        )
        return body.replace('id="d" name="Kind check"', f'id="{name}" name="{name}"').replace(
            '<output name="action"', f'<output name="{name}"')  # fmt: skip

    upper = table(
        '<rule><inputEntry><text>"low","mid"</text></inputEntry><inputEntry><text>"mid","top"</text>'
        '</inputEntry><outputEntry><text>"stop"</text></outputEntry></rule>',
        STRING.format(type="string", text="a") + STRING.format(type="string", text="b"),
    ).replace("<decisionTable", '<informationRequirement><requiredDecision href="#a"/>'
              '</informationRequirement><informationRequirement><requiredDecision href="#b"/>'
              "</informationRequirement><decisionTable", 1)  # fmt: skip
    book = completed(drafts(upper + lower("a") + lower("b"), tmp_path).files)
    for a, b in itertools.product([1, 7, 12], repeat=2):
        _action, clauses = verdicts(book, "case", [{"n_a": a, "n_b": b}])[0]
        assert bool(clauses) == (a < 10 and b > 4)
