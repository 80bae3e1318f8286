"""Makes the pictures of this folder from what the commands really print.

python docs/images/make.py
chromium --headless --screenshot=decide-vi.png --window-size=1200,820 decide-vi.svg
chromium --headless --screenshot=diff-vi.png --window-size=1000,830 diff-vi.html

The second step needs a fixed-width font with every Vietnamese letter (fonts-noto-mono); the README
shows its picture, which looks the same everywhere. The pictures of the guideline and of a back-test
are taken by this program itself, with the browser of the tests; those of the workbench by
`workbench.py`.
"""

from __future__ import annotations

import io
import json
import os
import random
import re
import shutil
import tempfile
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from click.testing import CliRunner
from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from brightline.backtesting.report import VersionNames
from brightline.backtesting.run import backtest
from brightline.casestore.store import Store
from brightline.cli import cli
from brightline.forecasting.outlook import outlook_of
from brightline.forecasting.shifts import read_shifts
from brightline.i18n import use
from brightline.paths import bundled_rulebook
from brightline.reports.backtest_page import backtest_page
from brightline.reports.diff_page import diff_page
from brightline.rulebook.comparing.comparison import compare
from brightline.rulebook.model import Rulebook
from brightline.rulebook.reading import read
from brightline.screening.beside import put_decisions
from brightline.screening.moments import times_of
from brightline.screening.storing import keep_cases

HERE = Path(__file__).resolve().parent
CASE = "L-0020"
"""A sample case with verified law, words found in two places, and steps to follow."""
COLUMNS = 96
FONTS = "Noto Sans Mono, Menlo, Consolas, monospace"
"""Fonts that have every Vietnamese letter; many a system's `monospace` puts its marks astray."""
LIGHT = TerminalTheme(
    background=(252, 252, 250),
    foreground=(40, 44, 52),
    normal=[
        (40, 44, 52), (180, 35, 24), (21, 115, 71), (146, 84, 0),
        (29, 78, 216), (126, 34, 206), (14, 116, 144), (90, 96, 106),
    ],
)  # fmt: skip


def shown_by(*words: str) -> str:
    """What a command prints on a terminal, colours and all."""
    os.environ["COLUMNS"] = str(COLUMNS)
    result = CliRunner().invoke(cli, words, prog_name="brightline", color=True)
    assert result.exit_code == 0, result.output
    return result.stdout


def picture(title: str, shown: str) -> str:
    """An SVG of a terminal. It loads no font from elsewhere: it takes one that the reader has."""
    console = Console(record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True)
    console.print(Text.from_ansi(shown), highlight=False, soft_wrap=True)
    svg = console.export_svg(title=title, theme=LIGHT, unique_id="brightline")
    svg = re.sub(r",?\s*url\([^)]*\) format\([^)]*\)", "", svg)
    svg = svg.replace("Fira Code, monospace", FONTS)
    svg = svg.replace("font-variant-east-asian: full-width;", "")  # it widens some fonts' letters
    return re.sub(r"[ \t]+$", "", svg, flags=re.MULTILINE)


def sample(name: str) -> dict[str, object]:
    """The sample case of that id."""
    lines = (bundled_rulebook() / "cases" / "sample.jsonl").read_text("utf-8").splitlines()
    return next(case for case in map(json.loads, lines) if case["id"] == name)


def difference() -> str:
    """The page of a small change to the Vietnam rulebook, in Vietnamese."""
    old = read(bundled_rulebook())
    raw = old.model_dump(mode="json", by_alias=True)
    clauses = {clause["id"]: clause for sop in raw["sops"] for clause in sop["clauses"]}
    clauses["EC-3"]["when"] = [{"item": "shisha"}]
    clauses["EC-5"]["when"] = [{"item": "quit_aid"}]
    new = Rulebook.model_validate(raw)
    with use("vi"):
        compared = compare(old, new, date.today())
        return diff_page(compared, "đang áp dụng", "bản nháp")


def pictures_of_the_guideline() -> None:
    """A page of an SOP on a desk, in Vietnamese, and on a phone, in English."""
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name) / "guideline"
        shown_by("guide", str(bundled_rulebook()), "-o", str(folder), "--no-pdf")
        program = shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        for file, page, width, height, scale in (
            ("guide-vi.png", "vi/sop/e-cigarettes.html", 1280, 1330, 1.0),
            ("guide-en-phone.png", "en/sop/off-platform-listing.html", 390, 1180, 1.5),
        ):
            context = browser.new_context(
                viewport={"width": width, "height": height}, device_scale_factor=scale
            )
            tab = context.new_page()
            tab.goto((folder / page).as_uri())
            tab.evaluate("document.fonts.ready")
            tab.screenshot(path=HERE / file)
            context.close()
        browser.close()


def of_the_backtest(folder: Path) -> Path:
    """The page of a back-test of the sample cases, with made-up times and decisions."""
    draw = random.Random(4)
    cases, decided = folder / "cases.jsonl", folder / "decided.jsonl"
    lines, made = [], []
    for file in sorted((bundled_rulebook() / "cases").glob("*.jsonl")):
        for line in file.read_text("utf-8").splitlines():
            case = json.loads(line)
            at = datetime(2026, 8, 31, tzinfo=VIETNAM) + timedelta(
                days=draw.randrange(63), hours=draw.choice(OFFICE), minutes=draw.randrange(60)
            )
            case.setdefault("attributes", {})["created_at"] = at.isoformat()
            lines.append(case)
            if draw.random() < 0.25:
                later = at + timedelta(minutes=draw.randrange(20, 900))
                action = case.get("expect", {}).get("action", "allow")
                made.append(
                    {
                        "id": case["id"],
                        "subject": case["subject"],
                        "action": action,
                        "at": later.isoformat(),
                        "seconds": draw.gammavariate(1.6, 400),
                    }
                )
    for path, rows in ((cases, lines), (decided, made)):
        path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "utf-8")
    draft = Path(shutil.copytree(bundled_rulebook(), folder / "draft"))
    for name, before, now in EDITS:
        text = (draft / "sops" / name).read_text("utf-8")
        assert before in text, (name, before)
        (draft / "sops" / name).write_text(text.replace(before, now, 1), "utf-8")
    (folder / "shifts.yaml").write_text(SHIFTS, "utf-8")
    old, new = read(bundled_rulebook()), read(draft)
    keep_cases(old, [cases], folder / "store")
    put_decisions(Store(folder / "store"), decided)
    found = backtest(old, new, folder / "store", names=VersionNames("đang áp dụng", "bản nháp"))
    times = times_of(folder / "store", new)
    outlook = outlook_of(
        found, times.moments, times.by_hour, times.seconds, read_shifts(folder / "shifts.yaml"),
        sla=24 * 3600.0, learning=0.2,
    )  # fmt: skip
    page = folder / "backtest.html"
    with use("vi"):
        page.write_text(backtest_page(found, outlook, new), "utf-8")
    return page


OFFICE = [8, 9, 9, 10, 10, 11, 12, 13, 14, 14, 15, 16, 19, 20, 20, 21, 21, 22]
VIETNAM = timezone(timedelta(hours=7))
SHIFTS = """\
shrinkage: 0.3
shifts:
  - {days: mon-sat, from: "13:00", to: "17:00", people: 1}
"""
EDITS = (
    ("e-cigarettes.yaml", "claims_vaping: yes}\n    action: remove_listing",
     "claims_vaping: yes}\n    action: request_edit"),
    ("off-platform-listing.yaml", "action: request_edit\n    points: 2",
     "action: remove_listing\n    points: 4"),
    ("reviews.yaml", "when: {order_verified: no}\n    action: hide_review",
     "when: {order_verified: no}\n    action: exclude_from_rating"),
    ("product-safety-marks.yaml", "action: request_papers\n    points: 0",
     "action: remove_listing\n    points: 2"),
)  # fmt: skip
"""What a policy team might change: two rules stricter, two milder."""


def pictures_of_the_backtest() -> None:
    """The first screen of a report, its queue, and the first screen on a phone, in English."""
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        page = of_the_backtest(Path(name))
        program = shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        tab = browser.new_page(viewport={"width": 1280, "height": 1180})
        tab.goto(page.as_uri())
        tab.screenshot(path=HERE / "backtest-vi.png")
        queue = tab.locator("#view-vi section:has(path.middle)")
        queue.screenshot(path=HERE / "backtest-queue-vi.png")
        tab.set_viewport_size({"width": 360, "height": 1100})
        tab.locator('#view-vi label[for="lang-en"]').click()
        tab.screenshot(path=HERE / "backtest-en-phone.png")
        browser.close()


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        case = Path(folder) / "case.json"
        case.write_text(json.dumps(sample(CASE), ensure_ascii=False), encoding="utf-8")
        shown = shown_by("decide", str(bundled_rulebook()), str(case), "--lang", "vi")
    title = "brightline decide rulebooks/vietnam case.json --lang vi"
    (HERE / "decide-vi.svg").write_text(picture(title, shown), encoding="utf-8")
    (HERE / "diff-vi.html").write_text(difference(), encoding="utf-8")  # git leaves it out
    pictures_of_the_guideline()
    pictures_of_the_backtest()


if __name__ == "__main__":
    main()
