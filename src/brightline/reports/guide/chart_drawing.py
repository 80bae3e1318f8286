"""A chart as SVG that reads the same in a browser, in print and in a PDF.

Attributes only: no classes, no style sheet, no foreignObject, so that nothing outside it is
needed. Every card and every outcome is a link to the question or clause it speaks of.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from brightline.i18n import _
from brightline.reports.guide.book import Book
from brightline.reports.guide.chart_cards import Answer, Card, cards
from brightline.reports.guide.chart_layout import Layout, laid_out
from brightline.reports.guide.text_width import width, wrapped
from brightline.rulebook.flow import Chart
from brightline.rulebook.model import Sop

CARD = 284.0
LEFT, RIGHT = 106.0, 150.0
ON_LEFT, ON_RIGHT = 166.0, 90.0
"""Answer and result: where it settles the case; and where another question follows."""
PAD, SIZE, SMALL, LEAD = 10.0, 13.0, 12.0, 17.0
MARGIN = 14.0
INK, SOFT, LINE, GROUND, HEAD = "#1c2430", "#4d5766", "#9aa5b4", "#ffffff", "#edf2f8"
TONES = {
    "grave": ("#fdecea", "#8a1f11"),
    "mild": ("#fff1d6", "#704500"),
    "person": ("#e6eefb", "#1a4690"),
    "fine": ("#e4f4e9", "#0f5a28"),
    "none": ("#e9edf2", "#3b4554"),
    "": ("#ffffff", "#1c2430"),
}
FONT = "Be Vietnam Pro, Noto Sans, Segoe UI, Arial, sans-serif"


@dataclass(frozen=True)
class Drawing:
    """A chart drawn: the SVG, and its size in pixels."""

    svg: Markup
    width: float
    height: float


def drawn(book: Book, sop: Sop, chart: Chart, at: str = "") -> Drawing:
    """The drawing. Links lead to anchors that begin with `at`."""
    made, ranks = cards(book, sop, chart)
    heights = [_Shape(card) for card in made]
    links = [
        (number, answer.goes_to)
        for number, card in enumerate(made)
        for answer in card.answers
        if answer.goes_to is not None
    ]
    layout = laid_out([(CARD, shape.height) for shape in heights], ranks, links)
    wide, high = layout.width + 2 * MARGIN, layout.height + 2 * MARGIN
    title = _("Flowchart: {sop}").format(sop=book.text(sop.title, sop.sop))
    said = _(
        "Numbered questions from top to bottom. Each answer names a clause, or the next question."
    )
    name = f"{at}chart"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide:.0f}" height="{high:.0f}" '
        f'viewBox="{-MARGIN:.0f} {-MARGIN:.0f} {wide:.0f} {high:.0f}" role="group" '
        f'aria-labelledby="{name}.title {name}.desc" font-family="{FONT}">'
        f'<title id="{name}.title">{escape(title)}</title>'
        f'<desc id="{name}.desc">{escape(said)}</desc>'
    ]
    parts += _lines(layout, made, [shape.height for shape in heights])
    parts += [
        _card(card, shape, layout.places[n].x - CARD / 2, layout.tops[layout.places[n].rank], at, n)
        for n, (card, shape) in enumerate(zip(made, heights, strict=True))
    ]
    return Drawing(Markup("".join([*parts, "</svg>"])), wide, high)


class _Shape:
    """The wrapped lines of a card and its height."""

    def __init__(self, card: Card) -> None:
        indent = 26 if card.number else 0
        self.head = wrapped(card.text, CARD - 2 * PAD - indent, SIZE, bold=True, most=7)
        self.rows = [
            (
                wrapped(answer.label, LEFT if answer.goes_to is None else ON_LEFT, SMALL, most=9),
                wrapped(answer.said, _room(answer) - 14, SMALL, bold=True, most=4),
            )
            for answer in card.answers
        ]
        self.top = len(self.head) * LEAD + 2 * PAD - 2
        self.tall = [max(len(a), len(b)) * LEAD + 12 for a, b in self.rows]
        self.height = self.top + sum(self.tall) + 4


def _room(answer: Answer) -> float:
    return RIGHT if answer.goes_to is None else ON_RIGHT


def _card(card: Card, shape: _Shape, x: float, y: float, at: str, number: int) -> str:
    parts = [
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{CARD:.0f}" height="{shape.height:.1f}" rx="8" '
        f'fill="{GROUND}" stroke="{LINE}"/>'
    ]
    head = [
        f'<path d="M{x:.1f} {y + shape.top:.1f}v{8 - shape.top:.1f}a8 8 0 0 1 8 -8h{CARD - 16:.1f}'
        f'a8 8 0 0 1 8 8v{shape.top - 8:.1f}z" fill="{HEAD}" stroke="{LINE}"/>'
    ]
    left = x + PAD
    if card.number:
        head.append(
            f'<circle cx="{left + 9:.1f}" cy="{y + PAD + 8:.1f}" r="9.5" fill="{INK}"/>'
            + _text([card.number], left + 9, y + PAD + 12.2, 11.5, GROUND, bold=True, middle=True)
        )
        left += 26
    head.append(_text(shape.head, left, y + PAD + 12.5, SIZE, INK, bold=True))
    parts.append(
        _linked(
            "".join(head),
            f"{at}fact.{card.fact}" if card.fact else f"{at}scope",
            f"{at}step.{number}",
        )
    )
    row = y + shape.top + 2
    for answer, (label, said), tall in zip(card.answers, shape.rows, shape.tall, strict=True):
        parts.append(_row(answer, label, said, x, row, tall, at))
        row += tall
    return "".join(parts)


def _row(
    answer: Answer,
    label: Sequence[str],
    said: Sequence[str],
    x: float,
    y: float,
    tall: float,
    at: str,
) -> str:
    fill, ink = TONES[answer.tone]
    edge = f' stroke="{LINE}"' if not answer.tone else f' stroke="{ink}" stroke-opacity="0.35"'
    left = x + CARD - PAD - _room(answer)
    lead = (tall - len(label) * LEAD) / 2
    before = _text(label, x + PAD, y + lead + 12.5, SMALL, INK)
    pill = (
        f'<rect x="{left:.1f}" y="{y + 3:.1f}" width="{_room(answer):.0f}" '
        f'height="{tall - 6:.1f}" rx="5" fill="{fill}"{edge}/>'
        + _text(said, left + 7, y + (tall - len(said) * LEAD) / 2 + 12.5, SMALL, ink, bold=True)
    )
    if answer.clause:
        pill = _linked(f"<title>{escape(answer.title)}</title>{pill}", f"{at}{answer.clause}")
    elif answer.goes_to is not None:
        pill = _linked(pill, f"{at}step.{answer.goes_to}")
    return before + pill


def _linked(inside: str, anchor: str, own: str = "") -> str:
    name = f' id="{escape(own)}"' if own else ""
    return f'<a href="#{escape(anchor)}"{name}>{inside}</a>'


def _text(
    lines: Sequence[str], x: float, y: float, size: float, ink: str,
    bold: bool = False, middle: bool = False,
) -> str:  # fmt: skip
    weight = ' font-weight="600"' if bold else ""
    anchor = ' text-anchor="middle"' if middle else ""
    return "".join(
        f'<text x="{x:.1f}" y="{y + n * LEAD:.1f}" font-size="{size:g}" fill="{ink}"'
        f"{weight}{anchor}>{escape(line)}</text>"
        for n, line in enumerate(lines)
    )


def _lines(layout: Layout, made: Sequence[Card], heights: Sequence[float]) -> list[str]:
    """The lines between the cards, each leaving its card at a port of its own."""
    leaving: dict[int, list[int]] = {}
    for index, line in enumerate(layout.lines):
        leaving.setdefault(line.start, []).append(index)
    found = []
    for start, indexes in leaving.items():
        place = layout.places[start]
        indexes.sort(key=lambda i: layout.places[layout.lines[i].next].x)
        labels = {a.goes_to: a.label for a in made[start].answers if a.goes_to is not None}
        for nth, index in enumerate(indexes, 1):
            line = layout.lines[index]
            x = place.x + CARD * (nth / (len(indexes) + 1) - 0.5)
            y = layout.tops[place.rank] + heights[start]
            found.append(_path(layout, line.end, line.through, x, y))
            found.append(_line_label(labels.get(line.end, ""), x, y, CARD / (len(indexes) + 1)))
    return found


def _path(layout: Layout, end: int, through: Sequence[int], x: float, y: float) -> str:
    d = f"M{x:.1f} {y:.1f}"
    for p in through:
        place = layout.places[p]
        top = layout.tops[place.rank] - 6
        d += _curve(x, y, place.x, top)
        x, y = place.x, layout.tops[place.rank] + layout.heights[place.rank] + 4
        d += f"V{y:.1f}"
    last = layout.places[end]
    top = layout.tops[last.rank] - 7
    d += _curve(x, y, last.x, top)
    head = f"M{last.x:.1f} {top + 6:.1f}l-5 -8h10z"
    return (
        f'<path d="{d}" fill="none" stroke="{SOFT}" stroke-width="1.4"/>'
        f'<path d="{head}" fill="{SOFT}"/>'
    )


def _curve(x: float, y: float, to_x: float, to_y: float) -> str:
    if abs(x - to_x) < 0.5:
        return f"V{to_y:.1f}"
    half = (to_y - y) / 2
    return f"C{x:.1f} {y + half:.1f} {to_x:.1f} {to_y - half:.1f} {to_x:.1f} {to_y:.1f}"


def _line_label(label: str, x: float, y: float, room: float) -> str:
    """The answer beside the beginning of its line, where it is short enough."""
    if not label or width(label, 11.5) > min(room, 130) - 10:
        return ""
    return _text([label], x + 6, y + 15, 11.5, SOFT)
