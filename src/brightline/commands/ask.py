"""`brightline ask RULEBOOK [CASE.json]`: a case decided by answering questions at the keyboard."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import click

from brightline.commands.decide import decided, print_json
from brightline.commands.inputs import as_of_option, format_option, read_case, read_rulebook
from brightline.commands.language import language_option
from brightline.commands.page import say
from brightline.commands.verbs import N_, Option, Unusable, Verb
from brightline.i18n import _, format_number, ngettext

if TYPE_CHECKING:
    from brightline.commands.dialogue import Dialogue
    from brightline.commands.interview import Interview


@click.command(
    cls=Verb,
    short_help=N_("Decide a case by answering questions."),
    help=N_(
        "Decide a case by answering questions: only those whose answer can still change the "
        "decision, the quickest way first. What the case or a signal already tells is not asked; "
        "what a signal suggests is shown, and Enter accepts it."
    ),
)
@click.argument("rulebook")
@click.argument("case", required=False)
@click.option(
    "--subject",
    cls=Option,
    metavar="NAME",
    help=N_("What the case is about, where no CASE says it: listing, review, …"),
)
@as_of_option
@format_option
@language_option
def ask(
    rulebook: str, case: str | None, subject: str | None, as_of: date | None, form: str
) -> None:
    """Asks until the case is decided, then explains the verdict."""
    from brightline.commands.dialogue import Dialogue
    from brightline.commands.interview import Interview

    if case == "-":
        raise Unusable(
            _("the answers are read from standard input, so the case cannot be"),
            _("put the case into a file"),
        )
    book = read_rulebook(rulebook)
    dialogue = Dialogue(aside=form == "json")
    raw = read_case(case) if case else {}
    if subject or "subject" not in raw:
        raw["subject"] = subject or _which_subject(book, dialogue)
    interview = Interview(decided(book, raw, as_of, False))
    finished = _asked(interview, dialogue)
    place = interview.next_question()
    if form == "json":
        print_json(interview.decision, place, raw.get("id"), True)
        return
    from brightline.commands.decision_page import show_decision

    click.echo()
    if not finished:
        click.secho(_("Stopped before the end. What is known by now:"), fg="yellow")
    show_decision(interview.decision, raw, place, False)
    _show_effort(interview)


def _which_subject(book: Any, dialogue: Dialogue) -> str:
    """The subject, asked for where the rulebook has several. Raises `click.Abort` at the end."""
    from brightline.i18n import language
    from brightline.rulebook.telling_words import in_language

    names = list(book.subjects)
    if len(names) == 1:
        return str(names[0])
    dialogue.line(_("What is the case about?"), bold=True)
    dialogue.options([in_language(book.subjects[n].title, language(), n) for n in names])
    while (typed := dialogue.read()) is not None:
        if typed.strip().isdecimal() and 1 <= int(typed) <= len(names):
            return str(names[int(typed) - 1])
        if typed.strip() in names:
            return typed.strip()
        dialogue.note(_("Type a number from 1 to {last}.").format(last=len(names)))
    raise click.Abort


def _asked(interview: Interview, dialogue: Dialogue) -> bool:
    """Ask until nothing is left to ask; False where the person stopped before."""
    from brightline.commands.question import KEYS, Move, put
    from brightline.rulebook.telling_words import Words

    table = interview.start.table
    words = Words(table.rulebook, table.subject)
    begun = False
    while (place := interview.next_question()) is not None:
        if not begun:
            dialogue.line(_(KEYS), dim=True)
            begun = True
        number = len(interview.answers) + 1
        answer = put(dialogue, words, table.columns[place], number, interview.suggestion(place))
        if answer is Move.QUIT:
            return False
        if answer is Move.BACK:
            if not interview.undo():
                dialogue.note(_("This is the first question."))
        else:
            interview.answer(place, answer)
            dialogue.note(words.statement(table.columns[place], answer))
    return True


def _show_effort(interview: Interview) -> None:
    count = len(interview.answers)
    asked = ngettext("{n} question asked", "{n} questions asked", count).format(
        n=format_number(count)
    )
    rest = len([column for column in interview.start.table.columns if column.fact.ask])
    said = _("{asked}, about {seconds} seconds; the rulebook has {all} for this subject.").format(
        asked=asked, seconds=format_number(round(interview.seconds)), all=format_number(rest)
    )
    say()
    say(said, dim=True)
