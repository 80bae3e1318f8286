"""A statement of reasons as a row of the DSA Transparency Database.

For Vietnam that schema is a template, not a duty. Texts are in the language in force and, as the
schema asks, hold no personal data: neither the seller, nor the item's name, nor its words.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from brightline.i18n import _
from brightline.workbench.sellers.dsa_words import (
    ACCOUNT_TYPES,
    ACTIONS,
    AUTOMATED,
    CATEGORIES,
    CONTENT_TYPES,
    OTHER_ACTION,
    OTHER_CATEGORY,
    OTHER_CONTENT,
    SOURCES,
    VISIBILITY_OTHER,
)
from brightline.workbench.sellers.models import Statement

ILLEGAL = "DECISION_GROUND_ILLEGAL_CONTENT"
INCOMPATIBLE = "DECISION_GROUND_INCOMPATIBLE_CONTENT"
_GROUND, _EXPLANATION, _FACTS, _OTHER = 500, 2000, 5000, 500

COLUMNS = (
    "puid",
    "decision_visibility",
    "decision_visibility_other",
    "end_date_visibility_restriction",
    "decision_monetary",
    "decision_monetary_other",
    "end_date_monetary_restriction",
    "decision_provision",
    "end_date_service_restriction",
    "decision_account",
    "end_date_account_restriction",
    "account_type",
    "decision_ground",
    "decision_ground_reference_url",
    "illegal_content_legal_ground",
    "illegal_content_explanation",
    "incompatible_content_ground",
    "incompatible_content_explanation",
    "incompatible_content_illegal",
    "category",
    "category_addition",
    "category_specification",
    "category_specification_other",
    "content_type",
    "content_type_other",
    "content_language",
    "content_date",
    "application_date",
    "territorial_scope",
    "decision_facts",
    "source_type",
    "source_identity",
    "automated_detection",
    "automated_decision",
    "brightline_market",
    "brightline_kind",
    "brightline_corrects",
    "brightline_clauses",
    "brightline_sample",
)
"""The schema's fields in its order, then our own."""


def as_row(statement: Statement, ended: datetime | None = None) -> dict[str, Any]:
    """A statement that restricts, as a row; `ended` is when a later one took its place."""
    case, said = statement.case, statement.text
    restriction = ACTIONS.get(statement.decision.action, OTHER_ACTION)
    end = _day(ended)
    categories = list(dict.fromkeys(
        CATEGORIES.get(reason["sop"], OTHER_CATEGORY) for reason in said["reasons"]
    )) or [OTHER_CATEGORY]  # fmt: skip
    content = CONTENT_TYPES.get(case.subject, OTHER_CONTENT)
    visible = restriction.visibility == VISIBILITY_OTHER
    row: dict[str, Any] = dict.fromkeys(COLUMNS, None)
    row |= {
        "puid": statement.puid,
        "decision_visibility": [restriction.visibility] if restriction.visibility else [],
        "decision_visibility_other": _cut(said["headline"], _OTHER) if visible else None,
        "end_date_visibility_restriction": end if restriction.visibility else None,
        "decision_provision": restriction.provision or None,
        "end_date_service_restriction": end if restriction.provision else None,
        "decision_account": restriction.account or None,
        "end_date_account_restriction": end if restriction.account else None,
        "account_type": ACCOUNT_TYPES.get(str(case.attributes.get("seller_kind", ""))),
        "category": categories[0],
        "category_addition": categories[1:],
        "category_specification": [],
        "content_type": [content],
        "content_type_other": said["subject"] if content == OTHER_CONTENT else None,
        "content_language": case.language.upper()[:2],
        "content_date": case.day.isoformat(),
        "application_date": _day(statement.made_at),
        "territorial_scope": [statement.market],
        "decision_facts": _cut(_facts(said), _FACTS),
        "source_type": SOURCES[case.source],
        "automated_detection": "Yes" if statement.detected else "No",
        "automated_decision": AUTOMATED[statement.automated],
        "brightline_market": statement.market,
        "brightline_kind": statement.kind,
        "brightline_corrects": statement.corrects.puid if statement.corrects else None,
        "brightline_clauses": [f"{r['sop']}.{r['clause']}" for r in said["reasons"]],
        "brightline_sample": case.sample,
    }
    return row | _ground(said)


def _ground(said: dict[str, Any]) -> dict[str, Any]:
    """Illegal where a clause rests on law; else against the marketplace's own rules."""
    law = [b["words"] for r in said["reasons"] for b in r["basis"] if b["law"]]
    why = _cut("\n".join(r["notice"] or r["title"] for r in said["reasons"]), _EXPLANATION)
    if law:
        return {
            "decision_ground": ILLEGAL,
            "illegal_content_legal_ground": _cut("; ".join(dict.fromkeys(law)), _GROUND),
            "illegal_content_explanation": why,
        }
    rules = "; ".join(f"{r['clause']} {r['title']}" for r in said["reasons"]) or said["headline"]
    return {
        "decision_ground": INCOMPATIBLE,
        "incompatible_content_ground": _cut(rules, _GROUND),
        "incompatible_content_explanation": why or said["headline"],
        "incompatible_content_illegal": "No",
    }


def _facts(said: dict[str, Any]) -> str:
    facts = [f["statement"] for r in said["reasons"] for f in r["facts"]]
    lines = [*dict.fromkeys(facts), said["found"], said["decided"]]
    return "\n".join(lines) or _("The facts are in the statement.")


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _day(at: datetime | None) -> str | None:
    return None if at is None else timezone.localtime(at).date().isoformat()
