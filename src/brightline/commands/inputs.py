"""What the verbs read: a rulebook, a case. Whatever is wrong with it becomes `Unusable`."""

from __future__ import annotations

import json
import os
import sys
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from brightline.commands.verbs import N_, Option, Unusable
from brightline.i18n import _

LARGEST_CASE = 10 * 1024 * 1024


if TYPE_CHECKING:
    DayType = click.ParamType[date]
else:
    DayType = click.ParamType  # takes no type argument at run time before Click 8.2


class Day(DayType):
    """A day on the command line: `2026-06-30`."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day; fails on anything that is not written year-month-day."""
        if isinstance(value, date):
            return value
        try:
            return datetime.strptime(value, "%Y-%m-%d").date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            self.fail(
                _("{value} is no date; write 2026-06-30").format(value=repr(value)), param, ctx
            )


def as_of_option(command: Any) -> Any:
    """Give a command the option `--as-of`."""
    return click.option(
        "--as-of",
        cls=Option,
        type=Day(),
        metavar="DATE",
        help=N_("Judge by the rules in force on this day (2026-06-30); default: today."),
    )(command)


def format_option(command: Any) -> Any:
    """Give a command the option `--format text|json`."""
    return click.option(
        "--format",
        "form",
        cls=Option,
        type=click.Choice(["text", "json"]),
        default="text",
        show_default=True,
        help=N_("How to write the answer."),
    )(command)


def suggestions_option(command: Any) -> Any:
    """Give a command the option `--assume-suggestions`."""
    return click.option(
        "--assume-suggestions",
        cls=Option,
        is_flag=True,
        help=N_("Take what signals only suggest as if a moderator had confirmed it."),
    )(command)


def rulebook_folder(path: str) -> Path:
    """The folder of a rulebook; a path to its rulebook.yaml will do. Raises `Unusable`."""
    folder = Path(path)
    try:
        if folder.is_file() and folder.name == "rulebook.yaml":
            return folder.parent
        if not folder.exists():
            raise Unusable(_("there is no {path}").format(path=path), _near(folder), file=path)
        if not folder.is_dir():
            raise Unusable(
                _("{path} is a file; a rulebook is a folder").format(path=path),
                _("name the folder that holds rulebook.yaml"),
                file=path,
            )
        if not (folder / "rulebook.yaml").exists():
            raise Unusable(
                _("{path} is not a rulebook: it has no rulebook.yaml").format(path=path),
                _nested(folder),
                file=path,
            )
    except (OSError, ValueError) as error:
        raise Unusable(
            _("{path} cannot be read: {reason}").format(path=path, reason=_reason(error)), file=path
        ) from None
    return folder


def _near(path: Path) -> str | None:
    """A name in the same folder that comes close to a misspelt one."""
    from difflib import get_close_matches

    if not path.parent.is_dir():
        return _("there is no folder {path} either").format(path=path.parent)
    names = sorted(entry.name for entry in path.parent.iterdir())[:2000]
    close = get_close_matches(path.name, names, n=1)
    return _("did you mean {name}?").format(name=path.parent / close[0]) if close else None


def _nested(folder: Path) -> str:
    inside = sorted(folder.glob("*/rulebook.yaml"))[:1]
    if inside:
        return _("did you mean {name}?").format(name=inside[0].parent)
    return _("name the folder that holds rulebook.yaml")


def read_rulebook(path: str) -> Any:
    """The rulebook in a folder. Raises `Unusable` that carries every problem."""
    from brightline.rulebook.problems import UnusableRulebook
    from brightline.rulebook.reading import read

    folder = rulebook_folder(path)
    try:
        return read(folder)
    except UnusableRulebook as found:
        raise Unusable(
            _("the rulebook {path} has errors, shown above").format(path=path),
            _("mend them and run: brightline check {path}").format(path=path),
            file=path,
            problems=found.problems,
        ) from None


def read_case(path: str) -> dict[str, Any]:
    """The case in a JSON file, or on standard input where the path is `-`. Raises `Unusable`."""
    text = _text_of(path)
    name = _("standard input") if path == "-" else path
    try:
        case = json.loads(text, parse_constant=_no_constant, object_pairs_hook=_no_twins)
    except json.JSONDecodeError as error:
        raise Unusable(
            _("{file}:{line}:{column}: this is not JSON: {reason}").format(
                file=name, line=error.lineno, column=error.colno, reason=error.msg
            ),
            _hint(text, error.pos),
            file=path,
            line=error.lineno,
            column=error.colno,
        ) from None
    except RecursionError:
        raise Unusable(_("{file}: nested too deeply").format(file=name), file=path) from None
    except ValueError as error:
        raise Unusable(f"{name}: {error}", file=path) from None
    if not isinstance(case, dict):
        raise Unusable(
            _("{file}: a case is an object, {{…}}").format(file=name),
            _('write {{"subject": "listing", "attributes": {{…}}, "facts": {{…}}}}').format(),
            file=path,
        )
    return case


def _text_of(path: str) -> str:
    name = _("standard input") if path == "-" else path
    try:
        if path == "-":
            data = sys.stdin.buffer.read(LARGEST_CASE + 1)
        else:
            if not Path(path).exists():
                raise Unusable(
                    _("there is no {path}").format(path=path), _near(Path(path)), file=path
                )
            if Path(path).is_dir():
                raise Unusable(
                    _("{path} is a folder; a case is a JSON file").format(path=path), file=path
                )
            with Path(path).open("rb") as file:
                data = file.read(LARGEST_CASE + 1)
    except (OSError, ValueError) as error:
        raise Unusable(
            _("{path} cannot be read: {reason}").format(path=path, reason=_reason(error)), file=path
        ) from None
    if len(data) > LARGEST_CASE:
        raise Unusable(
            _("{file} is larger than {size} MB").format(file=name, size=LARGEST_CASE // 1024**2),
            _("one case is one JSON object; many cases go through: brightline screen"),
            file=path,
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unusable(
            _("{file}: the byte at offset {offset} is not UTF-8 text").format(
                file=name, offset=error.start
            ),
            _("save the file again as UTF-8"),
            file=path,
        ) from None


def _hint(text: str, position: int) -> str | None:
    if not text.strip():
        return _("the file is empty")
    rest = text[position:].lstrip()
    if position and rest.startswith("{"):
        return _("one case is one JSON object; many cases go through: brightline screen")
    if rest.startswith("'") or "'" in rest[:1]:
        return _("JSON takes double quotes")
    return None


def _no_constant(name: str) -> object:
    raise ValueError(_("{name} is no number that JSON knows").format(name=name))


def _no_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(_("the key {key} stands twice").format(key=repr(key[:60])))
        found[key] = value
    return found


def _reason(error: Exception) -> str:
    if isinstance(error, OSError) and error.errno is not None:
        return os.strerror(error.errno)
    return str(error)
