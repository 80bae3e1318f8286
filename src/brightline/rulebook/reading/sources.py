"""Where each part of a rulebook stands in its files, for lints that come after reading."""

from __future__ import annotations

from dataclasses import dataclass, replace

from brightline.rulebook.nodes import Document, Node, Path, find, written
from brightline.rulebook.problems import Problem


@dataclass(frozen=True, slots=True)
class Sources:
    """The documents of a rulebook by name (`rulebook.yaml`, `law.yaml`, `sops/x.yaml`)."""

    documents: dict[str, Document]

    def problem(
        self,
        code: str,
        name: str,
        path: Path,
        message: str,
        hint: str | None = None,
        *,
        key: bool = False,
    ) -> Problem:
        """A problem at a path of a document: `("clauses", 2, "when")`.

        It points at the value, or with `key` at the key before it. Where the path leads nowhere
        (a value left to its default) it points at the nearest part that is written.
        """
        document = self.documents[name]
        node: Node | None = None
        steps = path
        while (node := find(document.root, steps)) is None and steps:
            steps = steps[:-1]
        at = node.key if node is not None and node.key is not None else node
        shown = at if key or steps != path else node
        problem = document.problem(code, shown, message, hint)
        return replace(problem, path=f"{name}: {written(path)}" if path else name)

    def place(self, name: str, path: Path) -> tuple[str, int, int] | None:
        """File, line and column of a part of the rulebook; None where it is not written."""
        document = self.documents.get(name)
        node = find(document.root, path) if document is not None else None
        return (document.file, node.line, node.column) if document and node else None
