"""Moderators at work, as their browsers speak: keep-alive, a session, CSRF, JSON, and patience.

A client of little cost: asyncio streams and no HTTP library, since it shares the cores with the
server it measures. What was not acknowledged is sent again with the same key, as the console does.
"""

from __future__ import annotations

import asyncio
import json
import random
import re
import time
import uuid
from collections import defaultdict
from dataclasses import dataclass, field
from html import unescape
from typing import Any

_TASK = re.compile(r"/review/task/(\d+)/")
_PLAN = re.compile(r"\b(P\d\d)-\d+")
_FACT = re.compile(r'data-fact="([^"]+)"')
_STEP = re.compile(r'class="step" data-token="([^"]+)"[^>]*data-state="([^"]+)"[^>]*>')
_OFFERED = re.compile(r'data-act="answer" data-value="([^"]+)"')
_TIMING = re.compile(rb"[Ss]erver-[Tt]iming: app;dur=([\d.]+), cpu;dur=([\d.]+)")
_LENGTH = re.compile(rb"[Cc]ontent-[Ll]ength: (\d+)")
_LOCATION = re.compile(rb"[Ll]ocation: (\S+)")
_CSRF = re.compile(rb"brightline_csrf=([^;]+)")


class Away(Exception):
    """The server could not be reached, or broke off."""


@dataclass
class Seen:
    """What the moderators saw, all together."""

    server: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    cpu: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    wall: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: list[str] = field(default_factory=list)
    claims: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    answered: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    decided: dict[int, int] = field(default_factory=dict)
    """Task → person, for every decision that the server acknowledged."""
    sent_again: int = 0
    unplanned: int = 0
    late: list[float] = field(default_factory=list)


@dataclass(frozen=True)
class Plan:
    """How a run goes: everyone one case every `every` seconds, until `until` (monotonic)."""

    host: str
    port: int
    plans: dict[str, dict[str, Any]]
    every: float
    until: float
    look_ahead: bool = False
    patience: float = 60.0


class Wire:
    """One keep-alive connection."""

    def __init__(self, host: str, port: int) -> None:
        self.host, self.port = host, port
        self._in: asyncio.StreamReader | None = None
        self._out: asyncio.StreamWriter | None = None

    async def ask(self, request: bytes) -> tuple[int, bytes, bytes]:
        """Status, head, body. Raises `Away`."""
        try:
            if self._out is None:
                self._in, self._out = await asyncio.open_connection(self.host, self.port)
            assert self._in is not None
            self._out.write(request)
            head = await asyncio.wait_for(self._in.readuntil(b"\r\n\r\n"), 30)
            length = _LENGTH.search(head)
            body = await self._in.readexactly(int(length[1])) if length else await self._chunks()
            return int(head[9:12]), head, body
        except (OSError, EOFError, asyncio.IncompleteReadError, TimeoutError) as error:
            self.close()
            raise Away(repr(error)) from None

    async def _chunks(self) -> bytes:
        assert self._in is not None
        parts = []
        while size := int(await self._in.readline(), 16):
            parts.append(await self._in.readexactly(size))
            await self._in.readexactly(2)
        await self._in.readexactly(2)
        return b"".join(parts)

    def close(self) -> None:
        """Hang up."""
        if self._out is not None:
            self._out.close()
        self._in = self._out = None


class Moderator:
    """One person at one browser."""

    def __init__(self, person: int, session: str, plan: Plan, seen: Seen) -> None:
        self.person, self.session, self.plan, self.seen = person, session, plan, seen
        self.wire = Wire(plan.host, plan.port)
        self.csrf = ""

    async def work(self, first: float) -> None:
        """One case after another at their pace, beginning at a moment."""
        due = first
        next_page = ""
        while True:
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            if time.monotonic() >= self.plan.until:
                break
            self.seen.late.append(max(0.0, time.monotonic() - due))
            try:
                next_page = await self._case(next_page or await self._begin())
            except (Away, ValueError, KeyError, AttributeError) as error:
                self.seen.errors.append(f"{type(error).__name__}: {error}"[:300])
                next_page = ""
            due += self.plan.every
        self.wire.close()

    async def _begin(self) -> str:
        """Take the first case; the address of its page."""
        await self._ask("start", "GET", "/review/")
        _status, head, _body = await self._ask(
            "begin", "POST", "/review/begin/", b"", "application/x-www-form-urlencoded"
        )
        place = _LOCATION.search(head)
        if place is None:
            raise ValueError("no way on from begin")
        return place[1].decode()

    async def _case(self, page: str) -> str:
        """One case from its page to the decision; the address of the next one's page."""
        task = int(_TASK.search(page)[1])  # type: ignore[index]
        self.seen.claims[task].add(self.person)
        _status, _head, body = await self._ask("page", "GET", page)
        html = body.decode()
        answers = self.plan.plans[_PLAN.search(html)[1]]  # type: ignore[index]
        pause = self.plan.every * 0.7 / (len(answers) + 1)
        for _turn in range(12):
            token, state = _STEP.search(html).groups()  # type: ignore[union-attr]
            if self.plan.look_ahead and state == "question":
                await self._ask("ahead", "GET", f"{page}ahead/")
            await asyncio.sleep(pause * random.uniform(0.7, 1.1))
            if state != "question":
                break
            html = await self._answer(page, task, html, answers)
        if state != "verdict":
            raise ValueError(f"{page} is {state}")
        said = json.dumps({"token": token, "note": ""}).encode()
        _status, _head, body = await self._ask("decide", "POST", f"{page}decide/", said)
        self.seen.decided[task] = self.person
        return str(json.loads(body)["to"])

    async def _answer(self, page: str, task: int, html: str, answers: dict[str, Any]) -> str:
        fact = unescape(_FACT.search(html)[1])  # type: ignore[index]
        if fact in answers:
            value = answers[fact]
        else:  # another way through the questions than the plan's
            self.seen.unplanned += 1
            value = json.loads(unescape(_OFFERED.search(html)[1]))  # type: ignore[index]
        key = str(uuid.uuid4())
        said = {"sent": [{"key": key, "fact": fact, "value": value, "seconds": 1.5}]}
        _s, _h, body = await self._ask(
            "answer", "POST", f"{page}answers/", json.dumps(said).encode()
        )
        told = json.loads(body)
        if told["taken"] != [key]:
            raise ValueError(f"answer not taken: {told.get('refused')}")
        self.seen.answered[task].add(key)
        return str(told["html"])

    async def _ask(
        self, kind: str, method: str, path: str, body: bytes | None = None,
        content: str = "application/json",
    ) -> tuple[int, bytes, bytes]:  # fmt: skip
        """Ask until the server answers, for at most so long; any other answer is an error."""
        begun = time.monotonic()
        while True:
            asked = time.perf_counter()
            try:
                status, head, found = await self.wire.ask(
                    self._request(method, path, body, content)
                )
            except Away:
                if time.monotonic() - begun > self.plan.patience:
                    raise
                self.seen.sent_again += 1
                await asyncio.sleep(random.uniform(0.1, 0.4))
                continue
            self.seen.wall[kind].append((time.perf_counter() - asked) * 1000)
            timing = _TIMING.search(head)
            if timing:
                self.seen.server[kind].append(float(timing[1]))
                self.seen.cpu[kind].append(float(timing[2]))
            told = _CSRF.search(head)
            if told:
                self.csrf = told[1].decode()
            if status not in (200, 302):
                raise ValueError(f"{method} {path}: {status} {found[:200]!r}")
            return status, head, found

    def _request(self, method: str, path: str, body: bytes | None, content: str) -> bytes:
        lines = [
            f"{method} {path} HTTP/1.1",
            f"Host: {self.plan.host}:{self.plan.port}",
            "Accept: application/json, text/html",
            f"Cookie: brightline_session={self.session}; brightline_csrf={self.csrf}",
        ]
        if body is not None:
            lines += [f"Content-Type: {content}", f"Content-Length: {len(body)}",
                      f"X-CSRFToken: {self.csrf}"]  # fmt: skip
        return ("\r\n".join(lines) + "\r\n\r\n").encode() + (body or b"")
