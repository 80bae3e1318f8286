"""Flowcharts as text: every question and outcome is there, and texts stay texts."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest

from brightline.exchange.charts.dot import dot
from brightline.exchange.charts.mermaid import mermaid
from brightline.exchange.charts.steps import Step, Steps, steps_of
from brightline.i18n import use
from tests.exchange.making import DAY

EVIL = (
    'a "quote" \\ <script>alert(1)</script> `x` [b] {c} |d| %%e #quot; ]:::x\n'
    'click q1 "javascript:x"'
)


def test_every_sop_of_vietnam_has_its_chart_in_both_languages(vietnam):
    for sop in vietnam.sops:
        with use("vi"):
            told = steps_of(vietnam, sop, DAY)
        assert told.title == sop.title["vi"]
        assert any(step.tone == "question" for step in told.steps)
        names = {step.name for step in told.steps}
        assert all(start in names and end in names for start, _label, end in told.arrows)
        leaving = {start for start, _label, _end in told.arrows}
        assert leaving == {step.name for step in told.steps if step.tone == "question"}
        shown = {step.text.split(" · ")[0] for step in told.steps if step.name.startswith("c")}
        assert shown <= {clause.id for clause in sop.clauses}


def test_an_sop_out_of_force_has_none(vietnam):
    sop = vietnam.sops[0]
    old = sop.model_copy(update={"ends": DAY.replace(year=2000)})
    assert steps_of(vietnam.of_sops(old), old, DAY) is None


@pytest.fixture
def wicked() -> Steps:
    return Steps(
        EVIL, [Step("q1", EVIL, "question"), Step("c1", EVIL, "fault")], [("q1", EVIL, "c1")]
    )


def test_mermaid_holds_no_notation_from_texts(wicked):
    lines = mermaid(wicked).splitlines()
    assert len(lines) == len(mermaid(Steps("x", wicked.steps, wicked.arrows)).splitlines())
    for line in lines[4:7]:
        inner = re.search(r'"(.*)"', line)[1].replace("<br/>", "")
        assert not re.search(r'["<>`\[\]{}|\\]|%%', inner)
        assert re.fullmatch(r"(?:[^#;]|#\d+;)*", inner)
    assert not [line for line in lines if line.strip().startswith("click")]


def test_dot_strings_end_where_they_should(wicked):
    text = dot(wicked)
    bare = re.sub(r'"(?:[^"\\]|\\.)*"', "S", text, flags=re.DOTALL)
    assert '"' not in bare
    assert "script" not in bare


@pytest.mark.skipif(shutil.which("dot") is None, reason="Graphviz is not installed")
def test_graphviz_draws_it(wicked):
    drawn = subprocess.run(
        ["dot", "-Tsvg"], input=dot(wicked), capture_output=True, text=True, check=True
    )
    assert "quote" in drawn.stdout


def test_the_same_chart_has_the_same_arrows_in_both_notations(vietnam):
    steps = steps_of(vietnam, vietnam.sop_named("e-cigarettes"), DAY)
    theirs = re.findall(r"^  (\w+) -> (\w+) ", dot(steps), re.MULTILINE)
    ours = re.findall(r'^    (\w+) -->\|".*"\| (\w+)$', mermaid(steps), re.MULTILINE)
    assert theirs == ours == [(start, end) for start, _label, end in steps.arrows]
