"""A browser on the running workbench, for tests: logging in, and looking for faults."""

from __future__ import annotations

import re
from typing import Any

from django.db import connection

from tests.workbench.making import PASSWORD

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
         "resultTypes": ["violations"]}  # fmt: skip


def log_in(page: Any, url: str, name: str, password: str = PASSWORD) -> None:
    """Log in by the form."""
    page.goto(f"{url}/accounts/login/")
    page.get_by_label("Tên đăng nhập").fill(name)
    page.get_by_label("Mật khẩu").fill(password)
    pressed(page, "Đăng nhập")


def pressed(page: Any, button: str) -> None:
    """Press a button that leads to another page, and be there."""
    with page.expect_event("load"):
        page.get_by_role("button", name=button, exact=True).click()


def told(page: Any, words: str, where: str = "main") -> None:
    """Wait until the page says it; a look at once may find the page before it."""
    page.locator(where, has_text=words).first.wait_for()


def faults(page: Any) -> list[str]:
    """What axe finds on a page: rule, where. Looked for on one engine: the page is the same."""
    from axe_playwright_python.sync_playwright import Axe

    if connection.vendor == "postgresql":
        return []

    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{one['id']}: {node['target']}" for one in found for node in one["nodes"]]


ENGLISH = re.compile(
    r"\b(the|this|that|you|your|are|is|was|were|not|with|from|and|have|has|will|must|should|"
    r"please|password|user|name|role|queue|case|cases|save|add|next|previous|search|log|sign|"
    r"account|email address|field|required|invalid|moderator|manager|open|closed|pause|resume)\b",
    re.IGNORECASE,
)
KEPT = re.compile(
    r"https?://\S+|\S+@\S+|brightline \w+|Mozilla\S*[^<]*|Google Authenticator|"
    r"Microsoft Authenticator|Aegis|English|[a-z]+[._:/-][a-z._:/-]+|Webhook",
    re.IGNORECASE,
)
"""What is no English on a Vietnamese page: addresses, commands, names of programs, ids."""


def english(page: Any) -> list[str]:
    """English words that a person sees or hears on a page, with what is around them."""
    texts = page.evaluate(
        """() => {
          const said = [];
          const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          while (walk.nextNode()) {
            const parent = walk.currentNode.parentElement;
            const hidden = parent.closest("script, style, code, [data-raw]");
            if (!hidden) said.push(walk.currentNode.data);
          }
          const names = ["aria-label", "title", "placeholder", "alt"];
          for (const one of document.querySelectorAll(names.map((n) => `[${n}]`).join()))
            for (const name of names)
              if (one.getAttribute(name)) said.push(one.getAttribute(name));
          return [document.title, ...said];
        }"""
    )
    return [text.strip() for text in texts if ENGLISH.search(KEPT.sub(" ", text))]


def looked_at(page: Any) -> None:
    """The page has no barrier, speaks Vietnamese, and is no wider than the window."""
    assert not faults(page), page.url
    assert not [text for text in english(page) if "YAML" not in text], page.url
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url


def followed(page: Any, link: Any) -> None:
    """Follow a link, and be there."""
    with page.expect_event("load"):
        link.click()


def follow(page: Any, words: str) -> None:
    """Follow the link that says so, and be there."""
    followed(page, page.locator("main").get_by_role("link", name=words).first)
