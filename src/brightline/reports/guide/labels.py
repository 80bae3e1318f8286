"""The fixed words of the guideline's pages, in the language in force."""

from __future__ import annotations

from brightline.i18n import _


def labels() -> dict[str, str]:
    """Every label by the name that the templates use."""
    return {
        "action": _("Action"),
        "actions": _("Actions, by severity"),
        "all": _("The whole SOP"),
        "all_sops": _("All SOPs"),
        "allowed_examples": _("Allowed"),
        "and_any": _("and one of these:"),
        "any": _("one of these:"),
        "any_case": _("every case"),
        "as_text": _("The same in words"),
        "as_of": _("As of"),
        "basis": _("Rests on"),
        "before": _("Before"),
        "cannot_tell": _("When it cannot be told"),
        "changes": _("What changed"),
        "chart": _("Flowchart"),
        "chart_none": _(
            "The chart would be too large to read; the clauses follow, strongest first."
        ),
        "checked_on": _("Checked on"),
        "clause": _("Clause"),
        "clauses": _("Clauses"),
        "contents": _("Contents"),
        "counts": _("In all"),
        "definitions": _("Definitions"),
        "definitions_why": _("Named conditions that several clauses share."),
        "effective": _("In force from"),
        "examples": _("Examples"),
        "fault": _("violation"),
        "fault_examples": _("Violating"),
        "follow_up": _("Then"),
        "found": _("Found: {n}"),
        "guideline": _("Moderation guideline"),
        "ladder": _("Point ladder"),
        "language": _("Language"),
        "law": _("Register of law"),
        "law_why": _(
            "What clauses rest on. Only a verified entry counts as law; an unverified one is "
            "listed so that its owner checks it."
        ),
        "look_alikes": _("How to tell"),
        "menu": _("Menu"),
        "no_basis": _("no clause rests on it"),
        "no_fault": _("no violation"),
        "no_hit_head": _("Nothing found."),
        "no_hits": _(
            "Try fewer or shorter words, with or without accents, a clause id such as EC-1, "
            "or the name of a law."
        ),
        "note": _("Note"),
        "notice": _("Notice to the seller"),
        "now": _("Now"),
        "overview": _("Overview"),
        "owner": _("Owner"),
        "pdf_guideline": _("Guideline (PDF)"),
        "pdf_sheets": _("Cheat sheets (PDF)"),
        "person_examples": _("For a person to decide"),
        "points": _("Points"),
        "purpose": _("Purpose"),
        "questions": _("Questions"),
        "queue": _("Queue"),
        "recheck_by": _("Check again by"),
        "rests": _("Clauses that rest on it"),
        "results": _("Search results"),
        "review_by": _("Review by"),
        "scope": _("Scope"),
        "search": _("Search"),
        "search_hint": _("word, clause or law"),
        "severity": _("Severity"),
        "shared": _("What all SOPs share"),
        "sheet": _("Cheat sheet"),
        "skip": _("Skip to the content"),
        "source": _("Source"),
        "subject": _("Subject"),
        "table": _("Decision table"),
        "to_person": _("a person takes it over"),
        "unverified": _("NOT VERIFIED"),
        "unverified_why": _("not to be cited as law"),
        "verified": _("verified"),
        "version": _("Version"),
        "what": _("What it is about"),
        "when": _("When"),
    }
