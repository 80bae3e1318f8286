"""What each column of a file is taken for: guessed by its name, then as a person says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from brightline.i18n import _
from brightline.rulebook.model import Rulebook
from brightline.screening.errors import UnusableCases
from brightline.screening.mapping import CaseMapping
from brightline.screening.one import names_of_facts
from brightline.workbench.cases.searching import fold

REF, SELLER, LANGUAGE, SOURCE, RISK = "ref", "seller", "language", "source", "risk"
PARTS = (REF, SELLER, LANGUAGE, SOURCE, RISK)
"""Parts of a case that are neither attribute nor fact."""
_REF_NAMES = ("ref", "id", "listing_id", "product_id", "item_id", "sku", "ma", "ma san pham")
_ALIASES = {
    "title": ("name", "product_name", "ten", "ten san pham", "tieu de"),
    "description": ("mo ta", "body", "text"),
    "price": ("price_vnd", "gia", "gia ban"),
    "brand": ("thuong hieu",),
    "seller_id": ("shop_id", "ma nguoi ban"),
}


def choices_of(rulebook: Rulebook, subject: str) -> list[str]:
    """What a column can be taken for: `ref`, `attribute:title`, `fact:weapons.item` …"""
    attributes = [f"attribute:{name}" for name in rulebook.subjects[subject].attributes]
    facts = sorted({f"fact:{name}" for name in names_of_facts(rulebook, subject).values()})
    if "attribute:created_at" not in attributes:
        attributes.append("attribute:created_at")
    return [*PARTS, *attributes, *facts]


def guessed(rulebook: Rulebook, subject: str, columns: Sequence[str]) -> dict[str, str]:
    """Column → what it is taken for, where its name says so; each thing once."""
    choices = choices_of(rulebook, subject)
    names: dict[str, str] = {}
    for choice in choices:
        kind, _colon, name = choice.rpartition(":")
        for known in (name, *(_ALIASES.get(name, ()) if kind == "attribute" else ())):
            names.setdefault(fold(known), choice)
            if kind:
                names.setdefault(fold(f"{kind}s.{known}"), choice)
    for known in reversed(_REF_NAMES):
        names[known] = REF
    found: dict[str, str] = {}
    for column in columns:
        choice = names.get(fold(column.strip()).replace("-", "_"), "")
        if choice and choice not in found.values():
            found[column] = choice
    return found


def checked(
    rulebook: Rulebook, subject: str, columns: Sequence[str], chosen: Mapping[str, str]
) -> dict[str, str]:
    """Column → choice as a person said it. Raises `UnusableCases` on what cannot be."""
    choices = set(choices_of(rulebook, subject))
    found: dict[str, str] = {}
    for column, choice in chosen.items():
        if not choice:
            continue
        if column not in columns or choice not in choices:
            raise UnusableCases(_("no column is named so: {name}").format(name=column[:80]))
        if choice in found.values():
            raise UnusableCases(
                _("two columns are taken for {name}").format(name=choice.rpartition(":")[2]),
                _("choose one, and leave the other out"),
            )
        found[column] = choice
    if REF not in found.values():
        raise UnusableCases(
            _("no column is the ref"), _("choose the column that names each case, such as its id")
        )
    return found


def case_mapping(subject: str, chosen: Mapping[str, str]) -> tuple[CaseMapping, dict[str, str]]:
    """The mapping for attributes and facts, and part → column for the rest."""
    attributes: dict[str, str] = {}
    facts: dict[str, str] = {}
    parts: dict[str, str] = {}
    for column, choice in chosen.items():
        kind, _colon, name = choice.partition(":")
        if kind == "attribute":
            attributes[name] = column
        elif kind == "fact":
            facts[name] = column
        else:
            parts[choice] = column
    return CaseMapping(subject, None, parts.get(REF), None, attributes, facts), parts
