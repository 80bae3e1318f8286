"""The project itself: what anyone who clones it may rely on."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import packages_distributions
from itertools import chain
from pathlib import Path

import pytest

import brightline
from brightline.paths import bundled, bundled_rulebook

ROOT = Path(__file__).resolve().parent.parent
LEVELS = ("runtime", "dev", "bench")
MODULES = sorted((ROOT / "src").rglob("*.py"))
MACHINE_PATH = re.compile(
    rb"(?<![\w.])/(?:work|root|opt/(?:pypi|wheels)|home/\w+|Users/\w+)/?(?!\w)"
)


def requirements(level: str) -> list[str]:
    """The requirements of a level, one a string, its hashes with it."""
    text = (ROOT / "requirements" / f"{level}.txt").read_text("utf-8")
    lines = [
        line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")
    ]
    return "\n".join(lines).replace("\\\n", " ").splitlines()


def imported(tree: ast.AST) -> set[str]:
    """The top-level names that a module imports, at its head or inside a function."""
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.split(".")[0])
    return names


def module_name(path: Path) -> str:
    return str(path.relative_to(ROOT / "src"))


@pytest.mark.parametrize("level", LEVELS)
def test_every_requirement_is_pinned_and_hashed(level):
    for requirement in requirements(level):
        assert re.match(r"[\w.-]+==\S+ ", requirement), requirement
        assert "--hash=sha256:" in requirement, requirement


@pytest.mark.parametrize("level", LEVELS)
def test_requirements_name_no_host(level):
    text = (ROOT / "requirements" / f"{level}.txt").read_text("utf-8")
    assert not re.search(r"://|file:|--(extra-)?index|--find-links|-f ", text)


def test_each_level_of_requirements_holds_the_one_before():
    runtime, dev, bench = (
        {re.sub(" ;.*?(?=\\s+--hash)", "", one) for one in requirements(level)} for level in LEVELS
    )  # what one level needs on some systems only, a higher one may need on all
    assert runtime <= dev <= bench


def test_whatever_the_code_imports_is_declared():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    lines = chain(project["dependencies"], *project["optional-dependencies"].values())
    declared = {re.match(r"[\w-]+", line)[0].replace("-", "_") for line in lines}
    declared |= {"brightline", "pydantic_core", "py4j"}  # pydantic brings its core, PySpark py4j
    distributions = packages_distributions()
    used = set().union(*(imported(ast.parse(path.read_text("utf-8"))) for path in MODULES))
    undeclared = {
        name
        for name in used - sys.stdlib_module_names
        if not {re.sub(r"\W", "_", d.lower()) for d in distributions.get(name, [name])} & declared
    }
    assert not undeclared


def test_no_file_names_a_path_of_somebodys_machine():
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, check=False,
    )  # fmt: skip
    if listed.returncode:
        pytest.skip("not a git checkout")
    paths = [ROOT / name.decode() for name in listed.stdout.split(b"\0") if name]
    naming = [
        str(path) for path in paths if path.is_file() and MACHINE_PATH.search(path.read_bytes())
    ]
    assert not naming


def test_continuous_integration_runs_what_a_person_runs():
    assert re.search(r'^exec .*/run" test$', (ROOT / ".ci/run").read_text("utf-8"), re.MULTILINE)


def test_the_help_of_run_names_every_verb():
    script = (ROOT / "run").read_text("utf-8")
    verbs = re.findall(r"^    (\w+)(?: \| -h \| --help)?\)", script, re.MULTILINE)
    told = subprocess.run([ROOT / "run"], capture_output=True, text=True, check=True).stdout
    assert len(verbs) >= 6
    assert sorted(verbs) == sorted(re.findall(r"^\./run (\w+)", told, re.MULTILINE))


def test_the_changelog_has_this_version():
    assert f"## [{brightline.__version__}]" in (ROOT / "CHANGELOG.md").read_text("utf-8")


@pytest.mark.parametrize("path", MODULES, ids=module_name)
def test_a_module_says_what_it_does(path):
    text = path.read_text("utf-8")
    assert ast.get_docstring(ast.parse(text)) or not text.strip()


@pytest.mark.parametrize("path", MODULES, ids=module_name)
def test_a_module_is_short_enough_to_read(path):
    assert len(path.read_text("utf-8").splitlines()) <= 400


def test_a_checkout_finds_its_rulebook():
    assert (bundled_rulebook() / "rulebook.yaml").is_file()
    with pytest.raises(FileNotFoundError, match="has no rulebooks/atlantis"):
        bundled("rulebooks/atlantis")


@pytest.mark.slow
def test_a_wheel_carries_the_words_and_the_rulebook(tmp_path):
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, capture_output=True, check=True)
    with zipfile.ZipFile(*tmp_path.glob("*.whl")) as wheel:
        names = set(wheel.namelist())
        wheel.extractall(tmp_path / "installed")
    assert {
        "brightline/py.typed",
        "brightline/locale/vi/LC_MESSAGES/brightline.mo",
        "brightline/_data/rulebooks/vietnam/rulebook.yaml",
    } <= names
    script = "from brightline.paths import bundled_rulebook as b; print(b())"
    found = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path / "installed", capture_output=True, text=True,
        check=True,
    )  # fmt: skip
    assert Path(found.stdout.strip()).is_relative_to(tmp_path)
