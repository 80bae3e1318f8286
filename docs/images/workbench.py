"""Makes the pictures of the workbench's pages, from a demonstration of its own, as people see them.

python docs/images/workbench.py [NAMES]

It fills a demonstration in a folder that goes again, does there what the pictures show (a draft is
written, signed, published, tried and briefed), serves it, and takes each page with the browser of
the tests. `NAMES` (`requests draft-table …`) takes only those.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

HERE = Path(__file__).resolve().parent
VAPES, ALCOHOL = "sops/e-cigarettes.yaml", "sops/alcohol.yaml"
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]


def edited(draft: Any, who: Any, path: str, before: str, now: str) -> None:
    """Save one change of a draft's file."""
    from brightline.workbench.drafts.actions.save_file import save_file
    from brightline.workbench.drafts.reading import files

    draft.refresh_from_db()
    text = files(draft)[path]
    assert before in text, (path, before)
    save_file(draft.pk, who, path, text.replace(before, now, 1), draft.revision)
    draft.refresh_from_db()


def drafts(people: dict[str, Any]) -> dict[str, Any]:
    """One draft that a proof finds fault with, one that waits for a signature, one in force."""
    from brightline.workbench.drafts.actions.comment import say
    from brightline.workbench.drafts.actions.open_draft import open_draft
    from brightline.workbench.publishing.actions.hand_in import hand_in
    from brightline.workbench.publishing.actions.publish_draft import publish_draft
    from brightline.workbench.publishing.actions.sign_draft import sign_draft
    from brightline.workbench.publishing.standing import standing
    from brightline.workbench.rulebooks.actions.publish import Terms
    from brightline.workbench.rulebooks.in_force import release_now

    nam = people["nam"]

    def signed(draft: Any, *who: tuple[str, str]) -> None:
        hand_in(draft.pk, nam)
        draft.refresh_from_db()
        for name, role in who:
            sign_draft(draft, people[name], role, standing(draft).sha, "Đồng ý")

    first = open_draft(release_now("VN"), nam, "Phụ kiện vape: thêm điểm", "Tái phạm nhiều")
    edited(first, nam, VAPES, "points: 4", "points: 6")
    signed(first, ("huong", "manager"), ("hung", "lead"))
    terms = Terms(note="Người bán phụ kiện vape tái phạm nhiều trong tháng 11")
    release = publish_draft(first.pk, people["huong"], terms, standing(first).sha)
    table = open_draft(release, nam, "Shisha không nicotine", "Hỏi nhiều từ hàng đợi")
    edited(table, nam, VAPES, "[shisha, cigarettes]", "[shisha, cigarettes, accessory]")
    say(table.pk, people["phuong"], VAPES, "clause:EC-3", "Phụ kiện có thuộc điều này không?")
    waits = open_draft(release, nam, "Rượu không giấy phép: tăng điểm", "Người bán tái phạm nhiều")
    edited(waits, nam, ALCOHOL, "points: 2", "points: 4")
    signed(waits, ("huong", "manager"))
    return {"release": release, "table": table, "waits": waits}


def stricter(people: dict[str, Any]) -> Any:
    """A release under which poppers go too: some that are live would."""
    from brightline.rulebook.canonical import from_json, to_json
    from brightline.workbench.rulebooks.actions.publish import publish
    from brightline.workbench.rulebooks.in_force import engine_of, release_now

    form = json.loads(to_json(engine_of(release_now("VN").sha).rulebook))
    clauses = {one["id"]: one for sop in form["sops"] for one in sop["clauses"]}
    clauses["FW-2"]["when"] = [*_listed(clauses["FW-2"]["when"]), {"item": "popper"}]
    return publish(
        from_json(json.dumps(form)), people["huong"], note="Pháo giấy, pháo kim tuyến cũng gỡ"
    )


def _listed(when: Any) -> list[Any]:
    return when if isinstance(when, list) else [when]


def told_of(notice: Any, people: dict[str, Any]) -> None:
    """A notice is sent; some have passed its quiz, one not yet."""
    from django.utils import timezone

    from brightline.workbench.understanding.actions.acknowledge import acknowledge
    from brightline.workbench.understanding.actions.send import send
    from brightline.workbench.understanding.actions.take_quiz import (
        begin_quiz,
        mark_quiz,
        pair_of_attempt,
    )
    from brightline.workbench.understanding.quizzing import right_option
    from brightline.workbench.understanding.recipients import recipient_of

    send([notice], people["huong"], timezone.now() + timedelta(hours=24))
    notice.refresh_from_db()
    for name in ("lan", "minh", "hoa"):
        recipient = recipient_of(notice, people[name])
        assert recipient is not None
        acknowledge(recipient)
        attempt = begin_quiz(recipient)
        pair = pair_of_attempt(attempt)
        right = [right_option(pair, asked) for asked in attempt.questions]
        if name == "hoa":
            right[0] = (right[0] + 1) % len(attempt.questions[0]["options"])
        mark_quiz(attempt, right)


def tried(draft: Any, people: dict[str, Any]) -> Any:
    """A pilot of a draft, with the cases of the last days decided in both arms."""
    from brightline.workbench.pilots.actions.begin_pilot import begin_pilot
    from brightline.workbench.pilots.actions.replay import replay
    from brightline.workbench.pilots.models import Kind
    from brightline.workbench.publishing.standing import standing

    book = standing(draft).gate.rulebook
    assert book is not None
    group = [people["lan"], people["minh"]]
    pilot = begin_pilot(
        book, people["huong"], name=draft.title, kind=Kind.PILOT, group=group, from_draft=draft
    )
    replay(pilot, 150)
    random = Random(7)
    for turn_of in range(90):
        decide_one(group[turn_of % 2], random)
    return pilot


def decide_one(who: Any, random: Random) -> None:
    """Someone takes the next case and decides it; mostly nothing is wrong with it."""
    from brightline.workbench.cases.actions.answer import answer
    from brightline.workbench.cases.actions.claim import claim
    from brightline.workbench.cases.actions.decide import decide
    from brightline.workbench.cases.working import Turn

    task = claim(who)
    while task is not None and (fact := Turn(task).question) is not None:
        options = list(fact.options) or [fact.sample(0)]
        innocent = next((one for one in ("no", "none", "other") if one in options), options[-1])
        said = innocent if random.random() < 0.7 else random.choice(options)
        answer(task.pk, who, uuid.uuid4(), fact.name, said, random.gammavariate(2.0, 4.0))
        task.refresh_from_db()
    if task is not None and Turn(task).ruling.verdict.determined:
        decide(task.pk, who)


@contextmanager
def served(home: Path) -> Iterator[str]:
    """The workbench of a folder at an address of this machine."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = str(Path(sys.executable).with_name("brightline"))
    with (home / "serve.log").open("w") as log:
        server = subprocess.Popen([program, "serve", "--port", str(port)], stdout=log, stderr=log)
    url = f"http://127.0.0.1:{port}"
    try:
        for _again in range(240):
            try:
                urllib.request.urlopen(f"{url}/healthz", timeout=2).close()
                break
            except OSError:
                time.sleep(0.5)
        yield url
    finally:
        server.terminate()
        server.wait()


class Camera:
    """Takes pages as a person sees them."""

    def __init__(self, browser: Any, url: str, people: dict[str, Any], names: list[str]) -> None:
        self.browser, self.url, self.people, self.names = browser, url, people, names

    def take(self, name: str, who: str, path: str, width: int = 1280, height: int = 820,
             act: Any = None, scheme: str = "light", full: bool = False) -> None:  # fmt: skip
        """A picture of an address, after `act` was done on the page."""
        from django.conf import settings
        from django.test import Client

        if self.names and name not in self.names:
            return
        client = Client()
        client.force_login(self.people[who])
        context = self.browser.new_context(
            viewport={"width": width, "height": height}, locale="vi-VN", color_scheme=scheme
        )
        value = client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "url": self.url, "value": value}]
        )
        page = context.new_page()
        page.goto(self.url + path)
        page.evaluate("document.fonts.ready")
        if act:
            act(page)
        page.screenshot(path=HERE / f"{name}-vi.png", full_page=full)
        context.close()


def checked(page: Any) -> None:
    """Wait until the editor has checked the draft, and show the clause that is spoken of."""
    page.locator("#found:not([aria-busy])").wait_for()
    page.locator("#impact:not([aria-busy])").wait_for()
    page.evaluate("scrollTo(0, 0)")


def in_the_text(page: Any) -> None:
    """The editor of the text, at the clause."""
    checked(page)
    finding = page.locator(".finding", has_text="BL-601")
    finding.locator("[data-act=as-text]").click()
    page.locator("#text-editor .cm-content").wait_for()
    checked(page)
    page.locator("#text-editor .cm-lint-marker").first.wait_for()


def before_a_case(page: Any) -> None:
    """A moderator begins."""
    page.locator("main button.primary, main a.primary").first.click()
    page.locator("body[data-ready]").wait_for()
    page.locator(".step[data-ahead]").wait_for()


def decided(page: Any) -> None:
    """…and answers with the first option until the verdict."""
    before_a_case(page)
    while not page.locator(".verdict").count():
        step = page.locator(".step").get_attribute("data-token")
        page.locator(".step [data-act=answer]").first.click()
        page.locator(f".step:not([data-token='{step}'])").wait_for()
        page.locator(".step[data-ahead], .verdict").first.wait_for()
    page.wait_for_timeout(500)  # what was answered arrives


def counted(page: Any) -> None:
    """What a sweep would change is counted by the jobs of the server."""
    page.get_by_role("button", name="Đếm những gì sẽ đổi").first.click()
    page.wait_for_url("**/sweeps/*/")
    page.get_by_text("đang đếm").wait_for(state="detached", timeout=180_000)


def of_every_day(camera: Camera) -> None:
    """The rooms as they are while cases are decided."""
    from django.urls import reverse

    from brightline.workbench.cases.models import Decision
    from brightline.workbench.sellers.models import PointEntry

    case = Decision.objects.filter(task__isnull=False, points__gt=0).latest("pk").case
    seller = PointEntry.objects.select_related("seller").latest("pk").seller
    camera.take("requests", "huong", "/requests/", height=620)
    camera.take("queues", "huong", "/queues/")
    camera.take("queues-phone", "huong", "/queues/", 360, 740, scheme="dark")
    camera.take("case", "huong", f"/cases/{case.pk}/")
    camera.take("log", "huong", reverse("events"))
    camera.take("seller", "huong", f"/sellers/one/?market={seller.market}&id={seller.code}")
    camera.take("people", "khanh", "/people/")
    camera.take("console", "minh", "/review/", act=before_a_case)
    camera.take("verdict", "minh", "/review/", act=decided)


def of_policy(camera: Camera, people: dict[str, Any]) -> None:
    """The way of a rule: drafts, approval, trial, release, notices."""
    from brightline.workbench.understanding.actions.draft import draft

    shown = drafts(people)
    release, waits = shown["release"], shown["waits"]
    editor = f"/drafts/{shown['table'].pk}/edit/{VAPES}?at=clause:EC-3"
    camera.take("draft-table", "nam", editor, 1440, 900, checked)
    camera.take("draft-text", "nam", editor, 1440, 900, in_the_text)
    camera.take("approval", "hung", f"/approvals/{waits.pk}/", full=True)
    camera.take("releases", "huong", "/releases/?market=VN&at=3/3/2027+14:00", full=True)
    camera.take("clause", "hung", "/upkeep/VN/clause/e-cigarettes/EC-4/", full=True)
    notice = max(draft(release).notices.all(), key=lambda one: len(one.shown))
    address = f"/understanding/{notice.pk}"
    camera.take("notice-edit", "huong", f"{address}/edit/", 1200, 1020)
    told_of(notice, people)
    camera.take("notice-board", "huong", f"{address}/board/", 1200, full=True)
    camera.take("quiz", "hoa", f"{address}/quiz/1/", 900, 980)
    pilot = tried(waits, people)
    camera.take("pilot", "huong", f"/pilots/{pilot.pk}/", 1200, full=True)
    number = stricter(people).number
    camera.take("sweep", "hung", f"/releases/VN/{number}/sweep/", height=900, act=counted)


def main(names: list[str]) -> None:
    """Fill, act, serve, take."""
    from django.utils import timezone
    from playwright.sync_api import sync_playwright

    from brightline.i18n import use
    from brightline.workbench.starting import start

    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright keeps an event loop
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        start(home)
        from brightline.workbench.accounts.models import User
        from brightline.workbench.sample.filling import fill

        fill(timezone.now())
        people = {one.username: one for one in User.objects.all()}
        with served(home) as url, sync_playwright() as playwright:
            program = shutil.which("chromium") or shutil.which("google-chrome")
            browser = playwright.chromium.launch(executable_path=program, args=QUIET)
            camera = Camera(browser, url, people, names)
            of_every_day(camera)
            with use("vi"):
                of_policy(camera, people)
            browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
