"""A flowchart in Mermaid's notation."""

from __future__ import annotations

from brightline.exchange.charts.steps import Steps

_CLASSES = {
    "question": "fill:#ffffff,stroke:#8791a1,color:#1a2230",
    "fine": "fill:#e6f4ea,stroke:#11602b,color:#11602b",
    "person": "fill:#fff3dc,stroke:#744700,color:#744700",
    "fault": "fill:#fdecea,stroke:#9b1c10,color:#9b1c10",
    "none": "fill:#eceef2,stroke:#8791a1,color:#4f5b6d",
}


def mermaid(steps: Steps) -> str:
    """The text of the flowchart. Whatever the texts hold is text there, never notation or HTML."""
    title = _one_line(steps.title).replace("\\", "\\\\").replace('"', '\\"')
    lines = ["---", f'title: "{title}"', "---", "flowchart TD"]
    for step in steps.steps:
        text = "<br/>".join(_said(line) for line in step.text.split("\n"))
        lines.append(f'    {step.name}["{text}"]:::{step.tone}')
    for start, label, end in steps.arrows:
        lines.append(f'    {start} -->|"{_said(label)}"| {end}')
    lines += [f"    classDef {name} {style}" for name, style in _CLASSES.items()]
    return "\n".join([*lines, ""])


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _said(text: str) -> str:
    """Letters, digits and harmless signs as they are; every other sign as its entity."""
    safe = " .,:?!()/·–…“”+-"
    return "".join(c if c.isalnum() or c in safe else f"#{ord(c)};" for c in _one_line(text))
