"""What stands beside the register and the settings: one entry with its texts and its values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from brightline.i18n import N_, _, language
from brightline.workbench.drafts.form import fields
from brightline.workbench.drafts.form.facts import Data, listed, mapping
from brightline.workbench.drafts.form.fields import Field
from brightline.workbench.drafts.form.register import (
    Tag,
    changed_since,
    is_verified,
    law_tags,
)
from brightline.workbench.drafts.form.sides import Looking, Shape, Texts, texts_at
from brightline.workbench.drafts.form.uses import Use, Uses

_TITLE: Shape = ("title", N_("Title"), 2, True, "")
_NOTE: Shape = ("note", N_("Note"), 3, False, "")
_LAW: tuple[Shape, ...] = (
    ("cite", N_("Citation"), 1, True, N_("As it is quoted: “Nghị định 98/2020/NĐ-CP, Điều 3”.")),
    ("title", N_("What it says"), 3, True, ""), _NOTE,
)  # fmt: skip
_SHAPES: dict[str, tuple[Shape, ...]] = {
    "actions": (_TITLE,), "queues": (_TITLE,), "subjects": (_TITLE,), "tables": (_TITLE, _NOTE),
}  # fmt: skip


@dataclass(frozen=True)
class EntrySide:
    """One entry. `uses` is None where that cannot be told: the files make no rulebook."""

    heading: str
    section: str
    name: str
    data: Data
    texts: list[Texts]
    fields: list[Field] = field(default_factory=list)
    uses: list[Use] | None = None
    removable: bool = False
    tags: tuple[Tag, ...] = ()
    verified: bool | None = None
    """Of an instrument: whether it is verified as it stands; None for anything else."""
    attributes: list[tuple[str, str]] = field(default_factory=list)


def law_side(
    law: Data, before: Data | None, head: Data, uses: Uses | None, looking: Looking, at: str,
    today: date,
) -> EntrySide | None:  # fmt: skip
    """The instrument that is selected."""
    kind, _colon, name = at.partition(":")
    known = mapping(law.get("law"))
    if kind != "law" or name not in known:
        return None
    one, old = mapping(known[name]), mapping(mapping((before or {}).get("law")).get(name))
    place = f"law/{name}"
    owners = [(team, _in(said, team)) for team, said in mapping(head.get("teams")).items()]
    return EntrySide(
        _in(one.get("cite"), name), "law", name, one,
        _texts(_LAW, one, old, before, looking, ("law", name)),
        [
            fields.line(_("Article"), place, one, "article"),
            fields.day(_("In force from"), place, one, "effective"),
            fields.line(_("Source"), place, one, "source",
                        _("Where it can be read: the Official Gazette where possible.")),
            fields.choice(_("Owner"), place, one, "owner", owners),
            fields.day(_("Check again by"), place, one, "recheck_by"),
        ],
        uses.of("law", name) if uses is not None else None, True,
        tuple(law_tags(one, old, today)), is_verified(one) and not changed_since(one, old),
    )  # fmt: skip


def head_side(
    head: Data, before: Data | None, uses: Uses | None, looking: Looking, at: str
) -> EntrySide | None:
    """The setting that is selected."""
    kind, _colon, name = at.partition(":")
    if kind == "ladder" and head.get("ladder"):
        return _ladder(head, before, looking)
    if kind == "rung":
        return _rung(head, before, looking, name)
    if kind in ("teams", "roles") and name in mapping(head.get(kind)):
        shape: Shape = (name, N_("Name"), 1, True, "")
        texts = _texts((shape,), mapping(head[kind]), mapping((before or {}).get(kind)), before,
                       looking, (kind,))  # fmt: skip
        return _entry(kind, name, mapping(head[kind]), texts, [], uses, True)
    if kind in _SHAPES and name in mapping(head.get(kind)):
        one = mapping(head[kind][name])
        old = mapping(mapping((before or {}).get(kind)).get(name))
        texts = _texts(_SHAPES[kind], one, old, before, looking, (kind, name))
        removable = kind in ("actions", "queues")
        of = _FIELDS.get(kind)
        found = of(f"{kind}/{name}", one) if of else []
        return _entry(kind, name, one, texts, found, uses, removable)
    return EntrySide(
        _("The rulebook as a whole"), "rulebook", "", head,
        _texts((_TITLE,), head, before or {}, before, looking, ()),
        [
            fields.fixed(_("Market"), head.get("market"),
                         _("A rulebook is that of one market; another market has its own.")),
            fields.fixed(_("Languages"), ", ".join(map(str, listed(head.get("languages"))))),
            fields.line(_("Currency"), "currency", head, "currency"),
        ],
    )  # fmt: skip


def _ladder(head: Data, before: Data | None, looking: Looking) -> EntrySide:
    one, old = mapping(head["ladder"]), mapping((before or {}).get("ladder"))
    return EntrySide(
        _("Points ladder"), "ladder", "", one,
        _texts((_NOTE,), one, old, before, looking, ("ladder",)),
        [
            fields.length(_("Points lapse after"), "ladder", one, "window"),
            fields.day(_("Confirmed on"), "ladder", one, "checked_on",
                       _("The day somebody last confirmed these numbers.")),
        ],
    )  # fmt: skip


def _rung(head: Data, before: Data | None, looking: Looking, name: str) -> EntrySide | None:
    def of(data: Data) -> Data | None:
        steps = map(mapping, listed(mapping(data.get("ladder")).get("steps")))
        return next((step for step in steps if str(step.get("at")) == name), None)

    one = of(head)
    if one is None:
        return None
    place = ("ladder", "steps", name)
    return EntrySide(
        _("Step of the ladder: from {n} points").format(n=name), "rung", name, one,
        _texts((_TITLE,), one, of(before or {}) or {}, before, looking, place),
        [fields.number(_("From so many points"), "/".join(place), one, "at", 1)],
        removable=True,
    )  # fmt: skip


def _entry(
    section: str, name: str, data: Data, texts: list[Texts], found: list[Field],
    uses: Uses | None, removable: bool,
) -> EntrySide:  # fmt: skip
    said = data.get(name) if section in ("teams", "roles") else data.get("title")
    attributes = [
        (_in(mapping(one).get("title"), key), str(mapping(one).get("kind", "")))
        for key, one in mapping(data.get("attributes")).items()
    ]
    return EntrySide(
        _in(said, name), section, name, data, texts, found,
        uses.of(section, name) if uses is not None and removable else None, removable,
        attributes=attributes,
    )  # fmt: skip


_FIELDS: dict[str, Callable[[str, Data], list[Field]]] = {
    "actions": lambda place, one: [
        fields.number(_("Severity (the most severe wins)"), place, one, "severity"),
        fields.flag(_("A violation"), place, one, "violation", "yes"),
        fields.flag(_("Goes to a person"), place, one, "person", "no"),
    ],
    "queues": lambda place, one: [fields.length(_("To be decided within"), place, one, "sla")],
}


def _texts(
    shapes: tuple[Shape, ...], one: Data, old: Data, before: Data | None, looking: Looking,
    path: tuple[str, ...],
) -> list[Texts]:  # fmt: skip
    return [
        texts_at((key, _(label), rows, wanted, _(help_) if help_ else ""), one,
                 old if before is not None else None, looking, path)
        for key, label, rows, wanted, help_ in shapes
    ]  # fmt: skip


def _in(text: Any, instead: str) -> str:
    said = mapping(text)
    return str(said.get(language()) or next(iter(said.values()), instead))
