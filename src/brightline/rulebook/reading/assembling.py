"""Documents to a `Rulebook`: every check of every file, then the parts put together."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from pydantic import create_model

from brightline.i18n import _
from brightline.rulebook.model import Fact, Id, Law, Part, Rulebook, Sop
from brightline.rulebook.nodes import Document, Enough, Mapping, entries, find, items, text_of
from brightline.rulebook.reading.book import Book, sop_id
from brightline.rulebook.reading.clauses import check_clauses, check_examples
from brightline.rulebook.reading.conditions import Scope, check_circles
from brightline.rulebook.reading.facts import check_facts, declared_facts
from brightline.rulebook.reading.languages import check_languages
from brightline.rulebook.reading.names import check_head_names, check_sop_names
from brightline.rulebook.reading.shape import RULEBOOK_NUMBERS, SOP_NUMBERS, shaped
from brightline.rulebook.reading.unfolding import check_unfolding

ELSEWHERE = ("law", "lexicons", "sops", "data")
"""Parts of a rulebook that have files of their own."""
MOST_DEFINITIONS = 200
UNTRANSLATED = "BL-208"
"""The code of a text that is missing in a language, or is empty."""
Facts = dict[str, Fact | None]
"""Facts by name; None for one that is declared but cannot be read."""

Head: type[Part] = create_model(
    "Head",
    __base__=Part,
    **{
        name: (field.annotation, field)
        for name, field in Rulebook.model_fields.items()
        if name not in ELSEWHERE
    },  # type: ignore[call-overload]
)
"""What rulebook.yaml holds."""
LawFile: type[Part] = create_model("LawFile", __base__=Part, law=(dict[Id, Law], ...))
"""What law.yaml holds."""


def assemble(book: Book, unfinished: bool = False) -> Rulebook | None:
    """The rulebook that the documents make; whatever is wrong is reported in them.

    `unfinished`: also where nothing is wrong but that texts are missing in some language.
    """
    head = _part(book, book.head, Head, RULEBOOK_NUMBERS)
    law = _part(book, book.law, LawFile, False) if book.law else None
    book.sops.sort(key=sop_id)
    sops = [_part(book, document, Sop, SOP_NUMBERS) for document in book.sops]
    _check_names(book)
    told = [problem for document in book.documents for problem in document.problems]
    if any(not (unfinished and problem.code == UNTRANSLATED) for problem in told):
        return None
    if head is None or None in sops:
        return None
    values: dict[str, Any] = {name: getattr(head, name) for name in Head.model_fields}
    rulebook = Rulebook.model_construct(
        **values,
        law=law.law if law else {},
        lexicons={name: lexicon.terms for name, lexicon in book.lexicons.items()},
        data={name: file.table for name, file in book.tables.items() if file.table},
        sops=tuple(sops),
    )
    with suppress(Enough):
        check_unfolding(book, rulebook)
    return rulebook


def _part(book: Book, document: Document, model: type[Part], numbers: Any) -> Any:
    """The model that a file's root gives, None where it is at fault."""
    if document.root is None:
        return None
    made_of = (document.digest, book.languages)
    kept = book.kept.get(document.name)
    if kept is not None and kept[0] == made_of:
        return kept[1]
    with suppress(Enough):
        part = shaped(document, document.root, model, numbers)
        check_languages(document, document.root, model, book.languages)
        if document.digest and not document.problems:
            book.kept[document.name] = made_of, part
        return part
    return None


def _check_names(book: Book) -> None:
    """Everything that names something else, in every file that could be parsed."""
    with suppress(Enough):
        check_head_names(book)
    shared = declared_facts(book.head)
    own = {sop_id(one): declared_facts(one) for one in book.sops}
    users: dict[str, set[str]] = {name: set() for name in shared}
    for document in book.sops:
        if isinstance(document.root, Mapping):
            with suppress(Enough):
                _check_sop(book, document, shared, own, users)
    if isinstance(book.head.root, Mapping):
        with suppress(Enough):
            Scope(book.head, shared).check(find(book.head.root, ("impossible",)))
            check_facts(book, book.head, users)


def _check_sop(
    book: Book, document: Document, shared: Facts, own: dict[str, Facts], users: dict[str, set[str]]
) -> None:
    """Reports wrong names in an SOP; adds its subject to the users of each shared fact it names."""
    check_sop_names(book, document)
    mine = own[sop_id(document)]
    subject = text_of(find(document.root, ("subject",)))
    subjects = {subject} if subject else set()
    for name in _check_conditions(book, document, {**shared, **mine}, own) - set(mine):
        users.setdefault(name, set()).update(subjects)
    check_facts(book, document, dict.fromkeys(mine, subjects))


def _check_conditions(
    book: Book,
    document: Document,
    facts: Facts,
    own: dict[str, Facts],
) -> set[str]:
    """Reports what is wrong in an SOP's conditions; returns the facts that they name."""
    root = document.root
    definitions = entries(find(root, ("definitions",)))
    scope = Scope(document, facts, definitions, known=book.head.root is not None)
    scope.check(find(root, ("scope",)))
    scope.check(find(root, ("impossible",)))
    if len(definitions) > MOST_DEFINITIONS:
        message = _("this SOP has more than {most} definitions").format(most=MOST_DEFINITIONS)
        document.report("BL-102", find(root, ("definitions",)), message, _("split the SOP"))
    else:
        check_circles(document, definitions)
    for node in definitions.values():
        scope.check(node)
    for clause in items(find(root, ("clauses",))):
        scope.check(find(clause, ("when",)))
    check_clauses(document)
    check_examples(document, scope, own)
    return scope.used
