"""`brightline serve`: says where it is and where its data is; a port that is taken is told."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import urllib.request

import pytest

from brightline.workbench.serving import Busy, address_of, claim_port, free_port
from brightline.workbench.serving import wait_until_it_answers as wait

pytestmark = pytest.mark.one_engine


def serve(home, port: int, **more: str) -> subprocess.Popen[str]:
    names = ("BRIGHTLINE_HOME", "DJANGO_SETTINGS_MODULE", "DATABASE_URL")
    kept = {k: v for k, v in os.environ.items() if k not in names}
    return subprocess.Popen(
        [sys.executable, "-m", "brightline", "serve", "--home", str(home), "--port", str(port),
         "--workers", "1", "--lang", "en"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=kept | more,
    )  # fmt: skip


@pytest.mark.slow
def test_it_starts_empty_says_where_and_stops_when_told(tmp_path):
    port = free_port("127.0.0.1", 18_500)
    server = serve(tmp_path, port)
    try:
        assert wait(address_of("127.0.0.1", port), lives=lambda: server.poll() is None)
        with urllib.request.urlopen(address_of("127.0.0.1", port)) as page:
            assert "Brightline" in page.read().decode()
    finally:
        server.send_signal(signal.SIGINT)
        said, wrong = server.communicate(timeout=60)
    assert server.returncode == 0, wrong
    flat = " ".join(said.split())  # a long path moves the line's end
    for words in (
        f"http://127.0.0.1:{port}",
        str(tmp_path),
        "SQLite, brightline.sqlite3",
        "Stopped",
    ):
        assert words in flat


def test_a_port_that_is_taken_is_told_before_anything_is_made(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        _said, wrong = (server := serve(tmp_path / "new", port)).communicate(timeout=60)
    assert server.returncode == 2
    assert f"port {port} is taken" in wrong
    assert f"--port {port + 1}" in wrong
    assert not (tmp_path / "new").exists()


def test_a_database_that_is_away_is_told_without_its_password(tmp_path):
    url = "postgres://someone:geheim@127.0.0.1:1/nothing"
    _said, wrong = (
        server := serve(tmp_path, free_port("127.0.0.1", 18_520), DATABASE_URL=url)
    ).communicate(timeout=60)
    assert server.returncode == 2
    assert "the database cannot be reached" in wrong
    assert "geheim" not in wrong
    assert "Traceback" not in wrong


def test_pictures_in_s3_without_the_package_are_told_with_what_to_install(tmp_path):
    without = "import sys; sys.modules['boto3'] = None; from brightline.cli import main; main()"
    names = ("BRIGHTLINE_HOME", "DJANGO_SETTINGS_MODULE", "DATABASE_URL")
    done = subprocess.run(
        [sys.executable, "-c", without, "serve", "--home", str(tmp_path), "--lang", "en",
         "--port", str(free_port("127.0.0.1", 18_540))],
        env={k: v for k, v in os.environ.items() if k not in names}
        | {"BRIGHTLINE_S3_BUCKET": "cases"},
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 2, done.stderr
    assert "pip install 'brightline[s3]'" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_next_free_port_is_found():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(Busy):
            claim_port("127.0.0.1", port)
        assert free_port("127.0.0.1", port) > port


@pytest.mark.parametrize(
    ("host", "shown"),
    [("127.0.0.1", "http://127.0.0.1:80"), ("0.0.0.0", "http://127.0.0.1:80"),
     ("::1", "http://[::1]:80")],
)  # fmt: skip
def test_an_address_is_one_that_a_browser_here_takes(host, shown):
    assert address_of(host, 80) == shown
