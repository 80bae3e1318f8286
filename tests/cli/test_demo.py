"""`brightline demo`: from nothing to a workbench that answers; never hangs without a terminal."""

from __future__ import annotations

import os
import pty
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

import pytest

from brightline.workbench.sample.team import PASSWORD
from brightline.workbench.serving import free_port

pytestmark = [pytest.mark.slow, pytest.mark.one_engine, pytest.mark.xdist_group("demo")]
FEW = ["--cases", "60"]


def demo(home: Path, *words: str, lang: str = "en") -> subprocess.CompletedProcess[str]:
    """The command as a script runs it: no terminal, whatever the environment says of databases."""
    command = [sys.executable, "-m", "brightline", "demo", "--home", str(home), "--lang", lang]
    return subprocess.run(
        [*command, *FEW, *words], check=False, capture_output=True, text=True, timeout=170,
        stdin=subprocess.DEVNULL, env=environment(),
    )  # fmt: skip


def environment() -> dict[str, str]:
    names = ("BRIGHTLINE_HOME", "DJANGO_SETTINGS_MODULE", "BRIGHTLINE_SECRET_KEY")
    kept = {k: v for k, v in os.environ.items() if k not in names}
    return kept | {"DATABASE_URL": "postgres://nobody@127.0.0.1:1/nothing", "COLUMNS": "100"}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A first demonstration, made and served once: its folder, what was said, the page of cases
    as the moderator sees it who logged in while it was served."""
    home = tmp_path_factory.mktemp("demo") / "home"
    home.mkdir()
    port = free_port("127.0.0.1", 18_400)
    serving = subprocess.Popen(
        [sys.executable, "-m", "brightline", "demo", "--home", str(home), "--lang", "en", *FEW,
         "--serve", "--port", str(port)],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env=environment(),
    )  # fmt: skip
    said: list[str] = []
    page = ""
    try:
        for line in serving.stdout:
            said.append(line)
            if "Ctrl+C stops the server" in line:
                page = review_of("lan", f"http://127.0.0.1:{port}")
                break
    finally:
        serving.send_signal(signal.SIGINT)
        rest, wrong = serving.communicate(timeout=60)
    assert serving.returncode == 0, wrong
    return home, "".join(said) + rest, page


def review_of(name: str, address: str) -> str:
    """Log in by the form, as a browser does; the page that a moderator comes to."""
    browser = build_opener(HTTPCookieProcessor())
    form = browser.open(f"{address}/accounts/login/").read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', form)[1]
    given = {"csrfmiddlewaretoken": token, "login": name, "password": PASSWORD}
    browser.open(f"{address}/accounts/login/", urlencode(given).encode()).read()
    return browser.open(f"{address}/review/").read().decode()


def cases_in(home: Path) -> int:
    with closing(sqlite3.connect(home / "brightline.sqlite3")) as database:
        return int(database.execute("SELECT count(*) FROM cases_case WHERE sample").fetchone()[0])


def test_from_nothing_to_a_server_that_goes_on_until_it_is_stopped(made):
    home, said, page = made
    for words in (
        "The rulebook is checked", "One decision is explained", "all made up", "Nguyễn Thị Lan",
        "Programme manager", PASSWORD, "What you did is kept in",
    ):  # fmt: skip
        assert words in said
    assert "Nguyễn Thị Lan" in page
    assert cases_in(home) == 60
    port = int(re.search(r"http://127\.0\.0\.1:(\d+)", said)[1])
    with socket.socket() as probe:  # nobody listens there any more
        assert probe.connect_ex(("127.0.0.1", port)) != 0


def test_a_second_time_takes_what_is_there_and_speaks_vietnamese(made):
    home, _said, _page = made
    before = (home / "brightline.sqlite3").stat().st_ino
    done = demo(home, lang="vi")
    assert done.returncode == 0, done.stderr
    assert (home / "brightline.sqlite3").stat().st_ino == before
    for words in ("--fresh để tạo lại", "Quản trị viên", "Mật khẩu chung: brightline-demo",
                  "Để máy chủ chạy tiếp"):  # fmt: skip
        assert words in " ".join(done.stdout.split())  # a long path breaks the line elsewhere
    for english in ("Role", "Password", "stopped", "Sample data", "server"):
        assert english not in done.stdout


def test_a_folder_with_something_else_in_it_is_left_alone(tmp_path):
    (tmp_path / "letters.txt").write_text("dear", encoding="utf-8")
    for words in ((), ("--fresh",)):
        done = demo(tmp_path, *words)
        assert done.returncode == 2
        assert "holds no demonstration" in done.stderr
    assert [p.name for p in tmp_path.iterdir()] == ["letters.txt"]


def test_real_data_is_never_taken_for_a_demonstration(tmp_path):
    subprocess.run(
        [sys.executable, "-c", "import sys; from pathlib import Path; "
         "from brightline.workbench.starting import start; start(Path(sys.argv[1]))",
         str(tmp_path)], check=True, env=environment() | {"DATABASE_URL": ""},
    )  # fmt: skip
    assert (tmp_path / "brightline.sqlite3").exists()
    assert demo(tmp_path, "--fresh").returncode == 2
    assert (tmp_path / "brightline.sqlite3").exists()


def test_broken_off_in_the_middle_it_leaves_nothing(tmp_path):
    command = [sys.executable, "-m", "brightline", "demo", "--home", str(tmp_path / "home"),
               "--cases", "3000", "--no-serve"]  # fmt: skip
    running = subprocess.Popen(command, env=environment(), stdin=subprocess.DEVNULL,
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # fmt: skip
    for _moment in range(600):
        if list(tmp_path.glob(".home-in-the-making-*/brightline.sqlite3")):
            break
        time.sleep(0.1)
    time.sleep(1)
    running.send_signal(signal.SIGINT)
    assert running.wait(60) == 130
    assert list(tmp_path.iterdir()) == []


def test_in_a_terminal_it_serves_until_ctrl_c_and_says_what_next(made):
    home, _said, _page = made
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        pid, terminal = pty.fork()
        if pid == 0:
            command = [sys.executable, "-m", "brightline", "demo", "--home", str(home),
                       "--port", str(port), "--lang", "en"]  # fmt: skip
            os.execve(command[0], command, environment())
        said, pressed = b"", False
        while True:
            try:
                read = os.read(terminal, 4096)
            except OSError:
                break
            if not read:
                break
            said += read
            if b"Ctrl+C stops the server" in said and not pressed:
                os.write(terminal, b"\x03")
                pressed = True
        _pid, status = os.waitpid(pid, 0)
        os.close(terminal)
    text = said.decode()
    assert pressed
    assert os.waitstatus_to_exitcode(status) == 0
    assert f"Port {port} is taken" in text
    assert "What you did is kept in" in text
    assert "brightline serve" in text
    assert "Traceback" not in text
