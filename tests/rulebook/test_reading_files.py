"""The folder of a rulebook: files that are missing, misnamed, too large, or full of mistakes."""

from __future__ import annotations

from pathlib import Path

import pytest

from brightline.rulebook.model import Term
from brightline.rulebook.problems import UnusableRulebook
from brightline.rulebook.reading import read, read_with_sources
from brightline.rulebook.reading.lexicons import read_lexicon

from .planted import HERE, good_copy, problems_of


def codes(folder: Path) -> list[str]:
    return [problem.code for problem in problems_of(folder)]


def test_a_good_rulebook_is_read_whole() -> None:
    rulebook = read(HERE / "good")
    assert [sop.sop for sop in rulebook.sops] == ["reviews", "vapes"]
    assert list(rulebook.law) == ["res-1", "draft-2"]
    assert rulebook.default_action == "allow"
    vapes = rulebook.sop_named("vapes")
    assert vapes.scope == ({"category": {"under": "electronics"}},)
    assert vapes.definitions["cheap"] == ({"price": "< 50000"},)
    assert vapes.facts["price"].min == 0
    assert vapes.facts["claims"].supplied_by[0].parameters["list"] == "vaping"
    assert vapes.examples[1].facts["price"] == 90000
    assert vapes.clauses[0].then[0].within == 86400
    assert vapes.clauses[2].otherwise is True


def test_a_word_list_is_read_with_its_quotes_and_defaults() -> None:
    assert read(HERE / "good").lexicons["vaping"] == (
        Term(term="thuốc lá điện tử", kind="device", fold=True),
        Term(term="pod", kind="device"),
        Term(term="hút", kind="slang", note="also: to suck, to vacuum"),
        Term(term="máy hút bụi", kind="except"),
    )


def test_reading_raises_every_error_at_once(tmp_path: Path) -> None:
    folder = good_copy(tmp_path)
    for name in ("vapes", "reviews"):
        path = folder / "sops" / f"{name}.yaml"
        path.write_text(path.read_text("utf-8").replace("owner: safety", "owner: none-such"))
    with pytest.raises(UnusableRulebook) as caught:
        read(folder)
    assert [problem.code for problem in caught.value.problems] == ["BL-303", "BL-303"]


def test_a_missing_main_file_hides_no_mistake_of_an_sop(tmp_path: Path) -> None:
    folder = good_copy(tmp_path)
    (folder / "rulebook.yaml").unlink()
    path = folder / "sops" / "vapes.yaml"
    path.write_text(path.read_text("utf-8").replace("points: 12", "points: many"))
    assert codes(folder) == ["BL-101", "BL-205"]


def test_law_may_be_left_out_until_a_clause_rests_on_it(tmp_path: Path) -> None:
    folder = good_copy(tmp_path)
    (folder / "law.yaml").unlink()
    assert codes(folder) == ["BL-303"]
    path = folder / "sops" / "vapes.yaml"
    path.write_text(path.read_text("utf-8").replace("basis: [res-1]", "basis: [policy]"))
    assert codes(folder) == []


@pytest.mark.parametrize(
    "name", ["sops/extra.yml", "sops/EXTRA.YAML", "lexicons/words.tsv", "lexicons/words.CSV"]
)
def test_a_file_that_nearly_counts_is_not_passed_over(name: str, tmp_path: Path) -> None:
    folder = good_copy(tmp_path)
    (folder / name).write_text("a: 1\n")
    problems = problems_of(folder)
    assert [problem.code for problem in problems] == ["BL-101"]
    assert problems[0].file == str(folder / name)


@pytest.mark.parametrize("name", ["sops/.x.yaml.swp", "sops/x.yaml~", "sops/notes.md"])
def test_what_editors_leave_behind_is_passed_over(name: str, tmp_path: Path) -> None:
    folder = good_copy(tmp_path)
    (folder / name).write_text("a: 1\n")
    assert codes(folder) == []


def test_a_link_that_leads_nowhere_is_an_error(tmp_path: Path) -> None:
    folder = good_copy(tmp_path)
    (folder / "sops" / "gone.yaml").symlink_to(folder / "nowhere")
    assert codes(folder) == ["BL-101"]


def test_a_third_language_is_asked_of_every_text(tmp_path: Path) -> None:
    folder = good_copy(tmp_path)
    path = folder / "rulebook.yaml"
    path.write_text(
        path.read_text("utf-8").replace("languages: [vi, en]", "languages: [vi, en, th]")
    )
    problems = problems_of(folder)
    assert {problem.code for problem in problems} == {"BL-208"}
    assert "th" in problems[0].message


def test_an_option_keeps_its_text_in_any_language(tmp_path: Path) -> None:
    folder = good_copy(tmp_path)
    for path in [folder / "rulebook.yaml", folder / "law.yaml", *folder.glob("sops/*.yaml")]:
        text = (
            path.read_text("utf-8")
            .replace("vi:", "th:")
            .replace("languages: [vi", "languages: [th")
        )
        path.write_text(text, "utf-8")
    rulebook, _sources, problems = read_with_sources(folder)
    assert problems == []
    assert rulebook is not None
    option = rulebook.sop_named("vapes").facts["item"].options["other"]
    assert option.text == {"en": "Other", "th": "Khác"}


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ("  unknown{n}: {{vi: a, en: b}}\n", 3000),
        ("  - {{id: V-1, unknown: 1}}\n", 3000),
        ("  - {{id: V-{n}, when: {{unknown{n}: yes}}}}\n", 3000),
    ],
)
def test_a_file_full_of_mistakes_is_left_at_a_hundred(
    line: str, count: int, tmp_path: Path
) -> None:
    folder = good_copy(tmp_path)
    path = folder / "sops" / "vapes.yaml"
    below = "clauses:\n" if line.startswith("  -") else "purpose:\n"
    extra = "".join(line.format(n=n) for n in range(count))
    path.write_text(path.read_text("utf-8").replace(below, below + extra), "utf-8")
    problems = problems_of(folder)
    assert len(problems) == 100
    assert {problem.file for problem in problems} == {str(path)}


def test_word_lists_have_limits() -> None:
    rows = "".join(f"word {n},kind\n" for n in range(50_001))
    lexicon = read_lexicon(f"term,kind\n{rows}".encode(), "lexicons/x.csv", "x.csv")
    assert [(p.code, p.line) for p in lexicon.document.problems] == [("BL-402", 50_002)]
    lexicon = read_lexicon(b"x" * (8 * 1024 * 1024 + 1), "lexicons/x.csv", "x.csv")
    assert [problem.code for problem in lexicon.document.problems] == ["BL-102"]


def test_word_lists_are_utf_8_text() -> None:
    lexicon = read_lexicon("term,kind\nhút,x\n".encode("cp1258"), "lexicons/x.csv", "x.csv")
    assert [(p.code, p.line, p.column) for p in lexicon.document.problems] == [("BL-103", 2, 2)]
    lexicon = read_lexicon(b"", "lexicons/x.csv", "x.csv")
    assert [problem.code for problem in lexicon.document.problems] == ["BL-401"]
