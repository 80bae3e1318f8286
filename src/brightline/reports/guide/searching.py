"""The index that the search box of every page looks through: a file of data, no server."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from brightline.reports.guide.book import Book, sentence


def index_script(entries: list[dict[str, str]]) -> str:
    """The JavaScript that hands the entries over. Nothing in them can end or escape the script."""
    data = json.dumps(entries, ensure_ascii=False, separators=(",", ":"))
    for char in "<>&\u2028\u2029":
        data = data.replace(char, f"\\u{ord(char):04x}")
    return f"window.brightlineIndex={data};\n"


def entries(
    book: Book, sops: list[dict[str, Any]], laws: list[dict[str, Any]], labels: dict[str, str]
) -> list[dict[str, str]]:
    """What can be found: `u` the address, `p` the page, `h` the heading, `t` the text.

    Addresses are relative to the folder of the language.
    """
    found = [entry for sop in sops for entry in _of_sop(sop, labels)]
    for law in laws:
        state = labels["verified" if law["verified"] else "unverified"]
        text = _joined(law["title"], law["article"], law["note"], law["owner"], state)
        found.append(_entry(f"law.html#law.{law['id']}", labels["law"], law["cite"], text))
    return found


def _of_sop(sop: dict[str, Any], labels: dict[str, str]) -> Iterator[dict[str, str]]:
    page, title = f"sop/{sop['id']}.html", sop["title"]
    yield _entry(page, title, title, _joined(sop["plain"], sop["scope_line"], sop["owner"]))
    for clause in sop["clauses"]:
        laws = [basis["cite"] for basis in clause["basis"]]
        steps = [f"{step['do']} ({step['role']})" for step in clause["steps"]]
        text = _joined(
            clause["action"]["title"], clause["points"], clause["sentence"], *laws,
            clause["notice"], clause["note"], *steps,
        )  # fmt: skip
        yield _entry(f"{page}#{clause['id']}", title, f"{clause['id']} {clause['title']}", text)
        for example in clause["examples"]:
            yield _example(page, title, example, clause["id"])
    for example in sop["untold"]:
        yield _example(page, title, example, labels["cannot_tell"])
    for question in sop["questions"]:
        options = ", ".join(option["title"] for option in question["options"])
        text = _joined(question["ask"], question["plain"], options)
        yield _entry(f"{page}#fact.{question['id']}", title, question["title"], text)
    for term in sop["definitions"]:
        yield _entry(f"{page}#definition.{term['id']}", title, term["id"], sentence(term["where"]))


def _example(page: str, title: str, example: dict[str, Any], clause: str) -> dict[str, str]:
    text = _joined(example["text"], "; ".join(example["facts"]))
    return _entry(f"{page}#example.{example['id']}", title, clause, text)


def _entry(address: str, page: str, heading: str, text: str) -> dict[str, str]:
    return {"u": address, "p": page, "h": heading, "t": text}


def _joined(*parts: str) -> str:
    return " · ".join(" ".join(part.split()) for part in parts if part)
