"""The tutorial and the how-to guides do what they show: files, commands and every line of output.

In `docs/`, a block of yaml, csv or json is the file that was named last before it (or is added to
it, where the text says "at the end"); a diff changes that file; a `console` block holds commands
after `$`, and what they print. A line `…` stands for any lines, `…` at an end for any words.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGES = [DOCS / "tutorial.md", *sorted((DOCS / "how-to").glob("*.md"))]
BLOCK = re.compile(
    r"(?P<before>.*?)^```(?P<kind>\w+)\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE
)
PATH = re.compile(r"`([\w./-]+\.(?:yaml|csv|jsonl?|py))`")


class Block(NamedTuple):
    """A fenced block, the file that its text speaks of, and whether it is to be added there."""

    kind: str
    text: str
    path: str
    adds: bool


def blocks(page: Path) -> Iterator[Block]:
    path = ""
    for found in BLOCK.finditer(page.read_text("utf-8")):
        before = found["before"]
        path = [path, *PATH.findall(before)][-1]
        yield Block(found["kind"], found["text"], path, "at the end" in before)


def put_in_place(block: Block) -> None:
    """Write, add to or change a file."""
    path = Path(block.path)
    path.parent.mkdir(parents=True, exist_ok=True)
    if block.kind == "diff":
        text = path.read_text("utf-8")
        old = "".join(line[1:] + "\n" for line in block.text.splitlines() if line[0] == "-")
        new = "".join(line[1:] + "\n" for line in block.text.splitlines() if line[0] == "+")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path}"
        path.write_text(text.replace(old, new), encoding="utf-8")
    else:
        with path.open("a" if block.adds else "w", encoding="utf-8") as file:
            file.write(block.text)


def commands(text: str) -> Iterator[tuple[str, list[str]]]:
    """The commands of a console block, each with the lines that follow it."""
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        command, *lines = part.rstrip("\n").split("\n")
        yield command, lines


def pattern(lines: list[str]) -> re.Pattern[str]:
    """What a console block shows, as a pattern: `…` stands for anything."""
    made = []
    for line in lines:
        if line == "…":
            made.append(r"(?:.*\n)*?")
        else:
            made.append(re.escape(line.rstrip()).replace("…", "[^\n]*") + r"[ ]*\n")
    return re.compile("".join(made) + r"\s*\Z")


def shown_by(run, command: str, lines: list[str]) -> str:
    program, *words = shlex.split(command)
    if program == "cat":
        return "".join(Path(word).read_text("utf-8") for word in words)
    if program == "python":
        done = subprocess.run(
            [sys.executable, *words], capture_output=True, text=True, check=True,
            env=os.environ | {"PYTHONPATH": str(DOCS.parent / "src")},
        )  # fmt: skip
        return done.stdout
    assert program == "brightline", f"the test cannot run {program}"
    typed = "".join(line[1:].strip() + "\n" for line in lines if re.match(r">( |$)", line))
    result = run(*words, input=typed)
    return result.stdout + result.stderr


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_page_shows_what_happens(run, page, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    (tmp_path / "rulebooks").symlink_to(DOCS.parent / "rulebooks")
    for block in blocks(page):
        if block.kind in ("yaml", "csv", "json", "jsonl", "python", "diff"):
            put_in_place(block)
        elif block.kind == "console":
            for command, lines in commands(block.text):
                shown = shown_by(run, command, lines)
                wanted = pattern(lines)
                assert wanted.match(shown + ("" if shown.endswith("\n") else "\n")), (
                    f"$ {command}\n{shown}\n--- the page shows:\n" + "\n".join(lines)
                )


def test_every_guide_is_in_the_table_of_contents():
    contents = (DOCS / "README.md").read_text("utf-8")
    pages = sorted(DOCS.rglob("*.md"))
    missing = [str(page.relative_to(DOCS)) for page in pages if page != DOCS / "README.md"]
    missing = [name for name in missing if f"({name})" not in contents]
    folders = {name.partition("/")[0] for name in missing}
    assert folders <= {"decisions"}, missing


def test_links_between_the_pages_lead_somewhere():
    broken = [
        f"{page.name}: {target}"
        for page in (*DOCS.rglob("*.md"), DOCS.parent / "README.md")
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text("utf-8"))
        if "://" not in target and not (page.parent / target).exists()
    ]
    assert not broken
