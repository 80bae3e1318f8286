"""However a screening ends before its end, there is no file under the final name."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from brightline.screening import batches
from brightline.screening.errors import UnusableCases

from .shop import MAP, ROWS, read, screened, write

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = """
import sys
from pathlib import Path
from brightline.screening import screen as screening
from tests.screening.shop import MAP, screened

def told(progress):
    print(progress.rows, flush=True)

if __name__ == "__main__":
    screening._LARGE_ROWS = 1
    screened(Path(sys.argv[1]), Path(sys.argv[2]), mapping=MAP, workers=int(sys.argv[3]), progress=told)
"""


def started(tmp_path: Path, workers: int) -> subprocess.Popen[str]:
    """A screening in a process of its own, some way through."""
    rows = [{**ROWS[n % 6], "code": f"A{n}"} for n in range(60_000)]
    rows[5]["what"] = "tank"
    cases = write(tmp_path / "cases.parquet", rows)
    script = tmp_path / "script.py"
    script.write_text(SCRIPT)
    process = subprocess.Popen(
        [sys.executable, str(script), str(cases), str(tmp_path / "out.csv"), str(workers)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'src'}"},
    )
    assert process.stdout is not None
    assert 0 < int(process.stdout.readline()) < 60_000
    return process


def ended(process: subprocess.Popen[str]) -> str:
    """What a process said when it ended, its workers with it."""
    _out, said = process.communicate(timeout=60)  # the workers hold the pipe: they end too
    return said


@pytest.mark.parametrize("workers", [1, 2])
def test_sigkill(tmp_path: Path, workers: int) -> None:
    process = started(tmp_path, workers)
    process.kill()
    ended(process)
    assert process.returncode == -signal.SIGKILL
    left = {path.name for path in tmp_path.iterdir()} - {"cases.parquet", "script.py"}
    assert all(name.startswith(".out.csv") and name.endswith(".part") for name in left)


@pytest.mark.parametrize("workers", [1, 2])
def test_sigterm(tmp_path: Path, workers: int) -> None:
    process = started(tmp_path, workers)
    process.terminate()
    said = ended(process)
    assert process.returncode == 143
    assert "Traceback" not in said
    assert {path.name for path in tmp_path.iterdir()} == {"cases.parquet", "script.py"}


def test_a_worker_that_dies(tmp_path: Path) -> None:
    process = started(tmp_path, 2)
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    if not children.exists():
        pytest.skip("the system does not tell the children of a process")
    own = [int(child) for child in children.read_text().split()]
    worker = next(c for c in own if b"spawn_main" in Path(f"/proc/{c}/cmdline").read_bytes())
    os.kill(worker, signal.SIGKILL)
    said = ended(process)
    assert process.returncode == 1
    assert "UnusableCases: a worker process was ended from outside" in said
    assert {path.name for path in tmp_path.iterdir()} == {"cases.parquet", "script.py"}


def test_an_error_on_the_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cases = write(tmp_path / "cases.csv", [{**ROWS[0], "what": "tank"}] * 9000)
    earlier = tmp_path / "out.csv"
    earlier.write_text("kept")
    decide, calls = batches.BatchDecider.decide, []

    def broken(self: batches.BatchDecider, chunk: object) -> object:
        calls.append(time.time())
        if len(calls) > 1:
            raise UnusableCases("no more")
        return decide(self, chunk)  # type: ignore[arg-type]

    monkeypatch.setattr(batches.BatchDecider, "decide", broken)
    with pytest.raises(UnusableCases):
        screened(cases, earlier, mapping=MAP)
    assert earlier.read_text() == "kept"
    assert {path.name for path in tmp_path.iterdir()} == {"cases.csv", "out.csv"}


def test_ctrl_c(tmp_path: Path) -> None:
    def stop(_progress: object) -> None:
        raise KeyboardInterrupt

    cases = write(tmp_path / "cases.csv", ROWS)
    for name in ("out.csv", "out.jsonl", "out.parquet"):
        with pytest.raises(KeyboardInterrupt):
            screened(cases, tmp_path / name, mapping=MAP, progress=stop)
    assert {path.name for path in tmp_path.iterdir()} == {"cases.csv"}
    screened(cases, tmp_path / "out.csv", mapping=MAP)
    assert len(read(tmp_path / "out.csv")) == 6
