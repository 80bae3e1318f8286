"""Every text that people read is there in every language of the rulebook, and in no other."""

from __future__ import annotations

from typing import Any

from brightline.i18n import _
from brightline.rulebook.model import Option
from brightline.rulebook.nodes import Document, Mapping, Node, Scalar, Sequence, handle, shortened
from brightline.rulebook.reading.shape import did_you_mean
from brightline.rulebook.shapes import keys_of, texts

CHECKED = keys_of(Option)
"""Languages of options that the model itself checks; others are kept as they come."""


def check_languages(
    document: Document, root: Node, annotation: Any, languages: tuple[str, ...]
) -> None:
    """Reports missing, empty and unknown languages in every text of a document."""
    for node, is_option in texts(root, annotation):
        for code, child in node.entries.items():
            if isinstance(child, Scalar) and not child.text.strip():
                message = _("the text in {language} is empty").format(language=code)
                document.report("BL-208", child, message, _("write it, in quotes if need be"))
        if languages:
            _check_one(document, node, languages, ("options", "was") if is_option else ())


def _check_one(
    document: Document, node: Mapping, languages: tuple[str, ...], others: tuple[str, ...]
) -> None:
    unknown = [code for code in node.entries if code not in languages and code not in others]
    missing = [code for code in languages if code not in node.entries]
    for code in languages:
        child = node.get(code)
        if others and code not in CHECKED and isinstance(child, (Mapping, Sequence)):
            document.report("BL-203", child, _("a single text is expected here"))
    for code in unknown:
        key = node.entries[code].key
        assert key is not None
        document.report(
            "BL-209",
            key,
            _("{name} is none of the rulebook's languages").format(name=shortened(code)),
            _("did you mean {name}?").format(name=missing[0])
            if len(missing) == 1
            else did_you_mean(code, missing or [*languages, *others]),
        )
    for code in missing[len(unknown) :]:
        at = handle(node)
        name = shortened(at.text) if at is node.key and isinstance(at, Scalar) else None
        document.report(
            "BL-208",
            at,
            _("{name} has no text in {language}").format(name=name, language=code)
            if name
            else _("there is no text in {language}").format(language=code),
            _("add {language}: …").format(language=code),
        )
