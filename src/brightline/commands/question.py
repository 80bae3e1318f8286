"""One question at the keyboard: its options, keys for everything, and a suggestion to accept."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from enum import Enum

from brightline.commands.dialogue import Dialogue
from brightline.i18n import N_, _
from brightline.rulebook.columns import Column, FactError
from brightline.rulebook.deciding import Supplied
from brightline.rulebook.model import CANNOT_TELL, NO, YES, Kind, Option
from brightline.rulebook.telling_words import Words
from brightline.rulebook.tests import tree
from brightline.signals.typed_numbers import number_typed

MOST_SHOWN = 20


class Move(Enum):
    """An answer that is none."""

    BACK = "back"
    QUIT = "quit"


KEYS = N_("Enter: take the suggestion · 0: cannot tell · g: guidance · b: back · q: quit")
_YES_LETTERS, _NO_LETTERS = ("y", "c"), ("n", "k")


def put(
    dialogue: Dialogue, words: Words, column: Column, number: int, suggestion: Supplied | None
) -> str | float | Move:
    """Ask one question until it is answered; the value, `cannot_tell`, or a `Move`."""
    return _Question(dialogue, words, column, suggestion).answer(number)


class _Question:
    def __init__(
        self, dialogue: Dialogue, words: Words, column: Column, suggestion: Supplied | None
    ) -> None:
        self.dialogue, self.words, self.column = dialogue, words, column
        self.suggestion = suggestion
        self.menu = Menu(column, words)

    def answer(self, number: int) -> str | float | Move:
        column, dialogue = self.column, self.dialogue
        dialogue.question(number, self.words.text(column.fact.ask, self.words.fact(column)))
        self._show()
        while True:
            typed = dialogue.read()
            if typed is None:
                return Move.QUIT
            found = self._understood(typed.strip())
            if found is not None:
                return found

    def _show(self) -> None:
        if not self.column.numeric:
            self.dialogue.options(self.menu.labels())
        if self.suggestion is not None:
            self.dialogue.note(
                _("Suggested: {value} — {source}. Enter accepts it.").format(
                    value=self.words.value(self.column, self.suggestion.value),
                    source=self.words.source(self.suggestion),
                )
            )

    def _understood(self, typed: str) -> str | float | Move | None:
        """The answer in what was typed; None where the question stays open."""
        letter = typed.lower()
        commands: dict[str, Callable[[], str | float | Move | None]] = {
            "": self._accepted,
            "0": lambda: CANNOT_TELL,
            "?": self._guided,
            "g": self._guided,
            "q": lambda: Move.QUIT,
            "b": self._back,
        }
        if letter in commands and not (letter == "0" and self.column.numeric):
            return commands[letter]()
        if self.column.numeric:
            return self._number(typed)
        return self._option(typed)

    def _accepted(self) -> str | float | None:
        if self.suggestion is None:
            self.dialogue.note(_("Nothing is suggested here: choose an answer, or 0."))
            return None
        value = self.suggestion.value
        return value if isinstance(value, (str, float)) else str(value)

    def _guided(self) -> None:
        text = self.words.text(self.column.fact.guidance)
        self.dialogue.guidance(text or _("There is no guidance for this question."))
        self._show()

    def _back(self) -> Move | None:
        if not self.menu.up():
            return Move.BACK
        self._show()
        return None

    def _number(self, typed: str) -> float | str | None:
        if typed.lower() in ("x", "-"):
            return CANNOT_TELL
        value = number_typed(typed, self.column.fact.unit)
        if value is None:
            self.dialogue.note(_("Type a number, or x where it cannot be told."))
            return None
        try:
            self.column.code(value)
        except FactError as error:
            self.dialogue.note(error.message)
            return None
        return value

    def _option(self, typed: str) -> str | None:
        if self.column.fact.kind is Kind.YES_NO and typed.lower() in _YES_LETTERS:
            return YES
        if self.column.fact.kind is Kind.YES_NO and typed.lower() in _NO_LETTERS:
            return NO
        if typed.isdecimal():
            chosen = self.menu.take(int(typed))
            if chosen is None:
                self._show_or(_("There is no number {number}.").format(number=typed[:10]))
            return chosen
        chosen = self.menu.narrowed(typed)
        if chosen is None:
            self._show_or(_("No option has “{words}” in it.").format(words=typed[:40]))
        return chosen

    def _show_or(self, instead: str) -> None:
        if self.menu.changed:
            self._show()
        else:
            self.dialogue.note(instead)


class Menu:
    """The options that can be chosen now: one level of a tree, or those that contain some words."""

    def __init__(self, column: Column, words: Words) -> None:
        self._words, self._column = words, column
        self._path: list[tuple[str, Option]] = []
        self._found: list[str] | None = None
        self.changed = False
        self._nodes = {name: (option, above) for name, option, above in tree(column.fact.options)}

    @property
    def _shown(self) -> list[str]:
        if self._found is not None:
            return self._found
        if self._path:
            name, option = self._path[-1]
            return [name, *option.options]
        if self._column.fact.kind is Kind.YES_NO:
            return [YES, NO]
        return list(self._column.fact.options)

    def labels(self) -> list[str]:
        """What to show, in the order of the number keys."""
        shown = self._shown[:MOST_SHOWN]
        return [self._label(name) for name in shown]

    def _label(self, name: str) -> str:
        label = self._words.option(self._column, name)
        if name not in self._nodes:  # yes or no, which stand alone here
            return label[:1].upper() + label[1:]
        option, above = self._nodes[name]
        if self._path and self._found is None and name == self._path[-1][0]:
            return _("{option}: all of it, or nothing below fits").format(option=label)
        if self._found is not None and above:
            way = " › ".join(self._words.option(self._column, one) for one in above)
            label = f"{way} › {label}"
        return f"{label} ›" if option.options else label

    def take(self, number: int) -> str | None:
        """The option of a number key; None where it opened a level, or there is no such number."""
        self.changed = False
        shown = self._shown[:MOST_SHOWN]
        if not 1 <= number <= len(shown):
            return None
        name = shown[number - 1]
        option = self._nodes[name][0] if name in self._nodes else None
        inside = self._path and self._path[-1][0] == name and self._found is None
        if option is not None and option.options and not inside:
            self._path.append((name, option))
            self._found, self.changed = None, True
            return None
        return name

    def narrowed(self, typed: str) -> str | None:
        """The one option whose words begin so; None where several are left to choose from."""
        self.changed = False
        wanted = _folded(typed)
        every = list(self._nodes) or [YES, NO]
        labels = {name: _folded(self._words.option(self._column, name)) for name in every}
        exact = [name for name, label in labels.items() if label == wanted or name == typed]
        begins = [name for name, label in labels.items() if label.startswith(wanted)]
        for names in (exact, begins):
            if len(names) == 1:
                return names[0]
        found = [name for name, label in labels.items() if wanted in label]
        if len(wanted) < 2:
            found = begins
        if len(found) == 1:
            return found[0]
        if found:
            self._found, self.changed = found, True
        return None

    def up(self) -> bool:
        """Leave the filter or the level; False at the top."""
        if self._found is not None:
            self._found = None
        elif self._path:
            self._path.pop()
        else:
            return False
        return True


def _folded(text: str) -> str:
    """Lower case without accents, for what is typed in a hurry."""
    plain = unicodedata.normalize("NFD", text.strip().lower().replace("đ", "d"))
    return "".join(char for char in plain if not unicodedata.combining(char))
