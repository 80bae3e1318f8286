"""`--engine spark` where Java or PySpark is missing: what is wrong, and how to mend it."""

from __future__ import annotations

from pathlib import Path

import pytest

from brightline import i18n
from brightline.screening.errors import UnusableCases
from brightline.screening.spark import session


def java(folder: Path, told: str) -> Path:
    """A program `java` that tells a version."""
    program = folder / "bin" / "java"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\necho '{told}' >&2\n")
    program.chmod(0o755)
    return folder


def said(monkeypatch: pytest.MonkeyPatch, home: Path) -> UnusableCases:
    monkeypatch.setenv("JAVA_HOME", str(home))
    with pytest.raises(UnusableCases) as caught:
        session.check_java()
    assert "apt install openjdk-17-jre-headless" in str(caught.value.hint)
    return caught.value


def test_no_java(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert said(monkeypatch, tmp_path).message == "--engine spark needs Java, and there is none"
    i18n.set_language("vi")
    assert said(monkeypatch, tmp_path).message == "--engine spark cần Java, nhưng máy này chưa có"


def test_an_old_java(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = java(tmp_path, 'openjdk version "1.8.0_402"')
    assert "is Java 8, which is too old for Spark" in said(monkeypatch, old).message


def test_a_java_that_says_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert said(monkeypatch, java(tmp_path, "")).message.endswith("does not run")


@pytest.mark.parametrize("version", ["17.0.15", "21", "25-ea"])
def test_a_java_that_will_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str) -> None:
    monkeypatch.setenv("JAVA_HOME", str(java(tmp_path, f'openjdk version "{version}"')))
    session.check_java()


def test_no_pyspark(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "find_spec", lambda name: None)
    with pytest.raises(UnusableCases) as caught:
        session.check_pyspark()
    assert "needs the Python package pyspark" in caught.value.message
    assert caught.value.hint == "install it: pip install 'brightline[spark]'"
