"""What the editor's scripts say, in the language in force."""

from __future__ import annotations

from brightline.i18n import _


def editor_words() -> dict[str, str]:
    """Every word by its name; `{…}` are filled in by the page."""
    return {
        "saving": _("Saving…"),
        "saved": _("Saved"),
        "unsaved": _("Not saved yet"),
        "offline": _("No connection. What you typed is kept in this browser and sent again."),
        "failed": _(
            "It could not be saved. Load the page again; what you typed is kept in this browser."
        ),
        "merged": _("Somebody else changed this file too. Both changes are in it now."),
        "lost": _("A comment in the file stood at what you changed and is gone:"),
        "together": _("Also here: {names}"),
        "restored": _("What was not saved last time is back in the text."),
        "choose": _("Choose…"),
        "is": _("is one of"),
        "is_not": _("is none of"),
        "any": _("does not matter"),
        "holds": _("holds"),
        "holds_not": _("does not hold"),
        "below": _("below"),
        "at_most": _("at most"),
        "above": _("above"),
        "at_least": _("at least"),
        "exactly": _("exactly"),
        "between": _("from … to …"),
        "to": _("to"),
        "done": _("Done"),
        "cancel": _("Cancel"),
        "no_test": _("Do not test this"),
        "search": _("Find an option"),
        "conflict": _("Look at both versions"),
        "checking": _("Checking…"),
        "checked": _("Checked in {ms} ms"),
        "undone": _("Taken back"),
        "nothing": _("There is nothing of yours to undo here."),
        "as_written": _("as written in the file"),
        "whole": _("{name} and everything below it"),
        "moved": _("{id} moved to place {n}"),
        "add": _("Add"),
        "add_test": _("Add a condition"),
        "add_or": _("Add “or”: another way to meet it"),
        "add_step": _("New follow-up step"),
        "unverify": _("Take back that it is verified? Clauses that rest on it have an error then."),
        "clause_below": _("New clause below"),
        "copy": _("Copy this clause"),
        "take_out": _("Take it out"),
        "which_fact": _("Which fact?"),
        "shared": _("shared by all SOPs"),
        "number": _("Write a number."),
        "sure_clause": _("Take clause {id} out?"),
        "sure": _("Take this out?"),
        "load": _("Load again"),
    }
