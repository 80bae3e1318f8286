"""The words that the page's script says, in the language in force."""

from __future__ import annotations

from brightline.i18n import _


def page_words() -> dict[str, str]:
    """Name → sentence; `{n}` is put in by the script."""
    return {
        "offline": _(
            "Connection lost: answers being kept here: {n}. They are sent on their own as soon "
            "as it is back."
        ),
        "offline_none": _("Connection lost. You can read on; nothing is missing."),
        "sending": _("Sending… answers not yet acknowledged: {n}"),
        "back": _("The connection is back: everything has been sent."),
        "blocked": _(
            "Not yet: some answers have not arrived. You can confirm as soon as they have."
        ),
        "wait_next": _("Your answer is kept. The next question comes when the connection is back."),
        "login": _(
            "Your session has ended. Log in again in this window; {n} answers are kept here "
            "until then."
        ),
        "login_link": _("Log in again"),
        "lost_kept": _("These answers were not stored:"),
        "lost_next": _("To the next case"),
        "undone": _("taken back"),
        "refused": _("Not taken: {words}"),
        "needs_line": _("This needs a connection. Try again when it is back."),
        "server": _(
            "The server does not answer as it should. It is tried again in a moment; nothing "
            "is lost."
        ),
        "no_storage": _(
            "This browser cannot keep answers over a reload (storage is off or full). Do not "
            "close the page while answers are being sent."
        ),
        "deciding": _("Confirming…"),
        "no_number": _("There is no number {n}."),
        "found": _("Found: {n}"),
        "found_none": _("Nothing has these words in it. Try fewer letters, or without accents."),
        "left": _("{time} left"),
        "late": _("{time} overdue"),
        "break": _(
            "You have been at work for {n} minutes without a break. A few minutes away from "
            "the screen do good."
        ),
        "lease": _("This case goes back to the queue in {time} unless you go on."),
        "days": _("d"),
        "not_confirmed": _(
            "Not confirmed: the connection is lost. Press again when it is back; it counts once."
        ),
        "not_typed": _("Type a number first."),
    }


def keys() -> list[tuple[tuple[str, ...], str]]:
    """Every key of the console and what it does."""
    return [
        (("1", "…", "9"), _("take that answer")),
        (("Enter",), _("accept the suggestion; confirm the verdict")),
        (("0",), _("it cannot be told")),
        (("Z", "⌫"), _("undo the last answer")),
        (("G",), _("fold the guidance out or in")),
        (("V",), _("show pictures as they are, or blur them again")),
        (("E",), _("hand the case up with a question")),
        (("U",), _("say that the rule is unclear")),
        (("S",), _("skip the case, with a reason")),
        (("P",), _("give the case back and pause")),
        (("/",), _("go to the field")),
        (("?",), _("these keys")),
    ]
