"""A flowchart in the DOT notation of Graphviz."""

from __future__ import annotations

import textwrap

from brightline.exchange.charts.steps import Steps

_COLOURS = {
    "question": ("#ffffff", "#1a2230"),
    "fine": ("#e6f4ea", "#11602b"),
    "person": ("#fff3dc", "#744700"),
    "fault": ("#fdecea", "#9b1c10"),
    "none": ("#eceef2", "#4f5b6d"),
}


def dot(steps: Steps) -> str:
    """The text of the flowchart."""
    lines = [
        "digraph {",
        f"  label={_quoted(steps.title)}; labelloc=t; fontsize=16;",
        '  node [shape=box, style="rounded,filled", fontname="sans-serif", fontsize=11];',
        '  edge [fontname="sans-serif", fontsize=10];',
    ]
    for step in steps.steps:
        fill, ink = _COLOURS[step.tone]
        look = f'fillcolor="{fill}", color="{ink}", fontcolor="{ink}"'
        lines.append(f"  {step.name} [label={_quoted(step.text)}, {look}];")
    for start, label, end in steps.arrows:
        lines.append(f"  {start} -> {end} [label={_quoted(label)}];")
    return "\n".join([*lines, "}", ""])


def _quoted(text: str) -> str:
    """A DOT string, wrapped: a backslash or a quote of the text stands for itself."""
    lines = [part for line in text.split("\n") for part in textwrap.wrap(line, 36) or [""]]
    escaped = [line.replace("\\", "\\\\").replace('"', '\\"') for line in lines]
    return '"' + "\\n".join(escaped) + '"'
