"""Names: every id is fit to be one and stands for one thing; every name used is known."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from brightline.i18n import _
from brightline.rulebook.model import NO, POLICY, RESERVED, YES
from brightline.rulebook.nodes import (
    Document,
    Node,
    Scalar,
    entries,
    find,
    items,
    shortened,
    text_of,
)
from brightline.rulebook.reading.book import Book, scalars, sop_id
from brightline.rulebook.reading.shape import did_you_mean


def check_head_names(book: Book) -> None:
    """Ids that rulebook.yaml and law.yaml declare, and the teams that own laws."""
    head, law = book.head, book.law
    for section in ("subjects", "actions", "queues", "teams", "roles", "facts"):
        check_declared(head, entries(find(head.root, (section,))))
    if law is not None and law.root is not None:
        laws = entries(find(law.root, ("law",)))
        check_declared(law, laws)
        for node in laws.values():
            check_known(law, find(node, ("owner",)), book.named("teams"), _("team"))


def check_sop_names(book: Book, document: Document) -> None:
    """Ids that an SOP declares, and every name of other parts of the rulebook that it uses."""
    root = document.root
    assert root is not None
    _check_file_name(document, find(root, ("sop",)))
    check_known(document, find(root, ("subject",)), book.named("subjects"), _("subject"))
    check_known(document, find(root, ("owner",)), book.named("teams"), _("team"))
    check_known(document, find(root, ("queue",)), book.named("queues"), _("queue"))
    actions = book.named("actions")
    check_known(document, find(root, ("cannot_tell",)), actions, _("action"))
    check_declared(document, entries(find(root, ("facts",))))
    check_declared(document, entries(find(root, ("definitions",))))
    clauses = items(find(root, ("clauses",)))
    check_unique(document, (find(clause, ("id",)) for clause in clauses))
    check_unique(document, (find(one, ("id",)) for one in items(find(root, ("examples",)))))
    laws = book.named("law")
    for clause in clauses:
        check_known(document, find(clause, ("action",)), actions, _("action"))
        for basis in scalars(find(clause, ("basis",))):
            if basis.text != POLICY:
                check_known(document, basis, laws, _("entry of law.yaml"), [POLICY])
        for step in items(find(clause, ("then",))):
            check_known(document, find(step, ("role",)), book.named("roles"), _("role"))


def _check_file_name(document: Document, node: Node | None) -> None:
    name = text_of(node)
    if name is not None and name != sop_id(document):
        document.report(
            "BL-301",
            node,
            _("this SOP is called {name}, its file {file}").format(
                name=shortened(name), file=document.name.removeprefix("sops/")
            ),
            _("rename the file to {file}, or write sop: {name}").format(
                file=f"{shortened(name)}.yaml", name=sop_id(document)
            ),
        )
    if name is not None:
        _check_free(document, node)


def check_declared(document: Document, declared: dict[str, Node]) -> None:
    """Keys that declare ids: none of them may be a reserved word."""
    for node in declared.values():
        _check_free(document, node.key)


def _check_free(document: Document, node: Node | None) -> None:
    name = text_of(node)
    if name in RESERVED:
        document.report(
            "BL-207",
            node,
            _("{name} is a word of the rulebook language and cannot be an id").format(name=name),
            _("reserved are: {names}").format(names=", ".join(sorted(RESERVED))),
        )
    elif name in (YES, NO):
        document.report(
            "BL-207",
            node,
            _("{name} is a word of the rulebook language and cannot be an id").format(name=name),
            _("write a longer name, or make the fact yes_no"),
        )


def check_unique(document: Document, nodes: Iterable[Node | None]) -> None:
    """Ids written as values (of clauses, of examples): free words, and no two alike."""
    first: dict[str, Node] = {}
    for node in nodes:
        name = text_of(node)
        if node is None or name is None:
            continue
        _check_free(document, node)
        if name in first:
            report_twice(document, node, name, first[name].line)
        first.setdefault(name, node)


def report_twice(document: Document, node: Node, name: str, line: int) -> None:
    """Reports an id that another thing of the same sort already has."""
    document.report(
        "BL-302",
        node,
        _("the id {name} is used twice; the first is in line {line}").format(
            name=shortened(name), line=line
        ),
        _("give each an id of its own"),
    )


def check_known(
    document: Document,
    node: Node | None,
    known: Collection[str] | None,
    what: str,
    others: Iterable[str] = (),
) -> None:
    """Reports a name that is not among the known ones (None: they are not known themselves)."""
    if known is None or not isinstance(node, Scalar):
        return
    if node.text not in known:
        message = _("there is no {what} named {name}").format(what=what, name=shortened(node.text))
        document.report("BL-303", node, message, did_you_mean(node.text, [*known, *others]))
