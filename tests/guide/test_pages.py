"""The website: whole, linked, and with everything of the rulebook in both languages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings

from brightline.i18n import LANGUAGES, use
from brightline.reports.guide.site import Edition, Guideline
from tests.examples import some
from tests.guide.conftest import ON, altered
from tests.guide.pages import every_page, page
from tests.rulebook.strategies import rulebooks


def spoken(rulebook, lang, text) -> str:
    return " ".join(text[lang].replace("*", "").split())


def test_every_link_leads_somewhere(site):
    pages = every_page(site)
    assert len(pages) > 25
    broken = []
    for path, found in pages.items():
        assert len(found.ids) == len(set(found.ids)), f"{path}: an id stands twice"
        for link in found.links:
            if link.startswith(("https://", "http://")):
                continue
            target, _hash, anchor = link.partition("#")
            goal = (path.parent / target).resolve() if target else path
            there = goal.is_file() and (not anchor or anchor in pages[goal].ids)
            if not there and link != "#":
                broken.append(f"{path.relative_to(site)}: {link}")
    assert not broken


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_part_of_the_rulebook_is_there(site, vietnam, lang):
    law = page(site / lang / "law.html")
    for name, entry in vietnam.law.items():
        assert f"law.{name}" in law.ids
        assert spoken(vietnam, lang, entry.cite) in law.text
    overview = page(site / lang / "index.html")
    for action in vietnam.actions.values():
        assert action.title[lang] in overview.text
    for step in vietnam.ladder.steps:
        assert step.title[lang] in overview.text
    for sop in vietnam.sops:
        assert sop.title[lang] in overview.text
        found = page(site / lang / "sop" / f"{sop.sop}.html")
        assert set(found.ids) >= {
            *(clause.id for clause in sop.clauses),
            *(f"fact.{name}" for name in sop.facts),
            *(f"definition.{name}" for name in sop.definitions),
            *(f"example.{example.id}" for example in sop.examples),
        }
        for clause in sop.clauses:
            assert spoken(vietnam, lang, clause.title) in found.text
            assert not clause.notice or spoken(vietnam, lang, clause.notice) in found.text
            assert all(spoken(vietnam, lang, step.do) in found.text for step in clause.then)
        for fact in sop.facts.values():
            assert not fact.ask or spoken(vietnam, lang, fact.ask) in found.text
        for example in sop.examples:
            assert spoken(vietnam, lang, example.text) in found.text


def test_law_that_nobody_verified_is_never_shown_as_law(site, vietnam):
    unverified = [name for name, law in vietnam.law.items() if law.status == "unverified"]
    assert unverified
    text = (site / "en" / "law.html").read_text("utf-8")
    for name in unverified:
        entry = text[text.index(f'id="law.{name}"') :].split("</article>")[0]
        assert "NOT VERIFIED" in entry
        assert "tag ok" not in entry
    verified = sum(law.status == "verified" for law in vietnam.law.values())
    assert text.count('class="tag ok"') == verified


def test_an_unverified_basis_is_marked_where_it_is_cited(vietnam, write):
    raw = vietnam.model_dump(mode="json", by_alias=True)
    clause = next(c for s in raw["sops"] for c in s["clauses"] if set(c["basis"]) & set(raw["law"]))
    cited = next(name for name in clause["basis"] if name in raw["law"])
    raw["law"][cited]["status"] = "unverified"
    folder = write(type(vietnam).model_validate(raw))
    cards = "".join(path.read_text("utf-8") for path in (folder / "en" / "sop").iterdir())
    link = cards[cards.index(f'law.html#law.{cited}"') :]
    assert "NOT VERIFIED" in link[: link.index("</div>")]


def test_without_an_older_version_nothing_speaks_of_changes(vietnam, write):
    folder = write(vietnam)
    assert not list(folder.rglob("changes.html"))
    assert not [path for path in folder.rglob("*.html") if "changes.html" in path.read_text()]


def test_what_changed_is_told_and_marked(site, vietnam):
    changed, new = vietnam.sops[0], vietnam.sops[-1]
    told = page(site / "en" / "changes.html")
    assert {f"sop.{changed.sop}", f"sop.{new.sop}"} <= set(told.ids)
    clause = next(c for c in changed.clauses if c.points)
    assert clause.id in told.text
    assert "For example:" in told.text
    marked = (site / "en" / "sop" / f"{changed.sop}.html").read_text("utf-8")
    card = marked[marked.index(f'id="{clause.id}"') :].split("</h3>")[0]
    assert "changed" in card
    same = (site / "en" / "sop" / f"{vietnam.sops[1].sop}.html").read_text("utf-8")
    assert "../changes.html#" not in same


def test_the_languages_have_the_same_pages_and_anchors(site):
    for path, found in every_page(site / "vi").items():
        other = page(site / "en" / path.relative_to(site / "vi"))
        assert found.ids == other.ids, path


@pytest.mark.parametrize(
    "evil",
    [
        "<script>alert(1)</script>",
        "</script><b onclick=x>",
        '"><img src=x onerror=y>',
        "{{ 7 * 7 }}",
        "[x](javascript:alert(1))",
        "![x](http://a/b.png)",
        "\u202e\u0000&amp;",
    ],
)
def test_what_an_author_writes_stays_text(vietnam, write, evil):
    folder = write(altered(vietnam, lambda text: f"{evil} {text}"))
    for path, found in every_page(folder).items():
        assert not {"onclick", "onerror", "style"} & found.attributes, path
        assert not {"img", "iframe", "object"} & set(found.tags), path
        assert found.tags.count("script") == (2 if path.parent != folder else 0), path
        assert not [link for link in found.links if link.lower().startswith("javascript")], path
        assert "{{" not in evil or "{{ 7 * 7 }}" in found.text or path.parent == folder
    for script in folder.rglob("search-index.js"):
        text = script.read_text("utf-8")
        assert "<" not in text
        data = json.loads(text.removeprefix("window.brightlineIndex=").rstrip(";\n"))
        assert any(evil.split()[0] in entry["t"] + entry["h"] for entry in data) or "[" in evil


@settings(max_examples=some(25))
@given(rulebooks())
def test_any_rulebook_can_be_told(book):
    guideline = Guideline(book, ON, ("vi", "en"))
    for lang in LANGUAGES:
        with use(lang):
            edition = Edition(guideline, lang)
            assert dict(edition.pages())
            assert edition.guideline_html()
            assert len(edition.sheets_html()) == len(book.sops)


def test_a_rulebook_without_sops_can_be_told(vietnam, write):
    folder = write(vietnam.of_sops())
    assert page(folder / "vi" / "index.html").ids


def test_one_megabyte_of_one_letter_is_told(vietnam, write):
    raw = vietnam.of_sops(vietnam.sops[1]).model_dump(mode="json", by_alias=True)
    fact = next(iter(raw["sops"][0]["facts"].values()))
    fact["ask"] = {"vi": "x" * 20_000, "en": "*" * 20_000}
    fact["guidance"] = {"vi": "[" * 20_000, "en": "- " * 10_000}
    folder = write(type(vietnam).model_validate(raw))
    assert Path(folder / "en" / "index.html").is_file()
