"""Run the web server until it is told to stop, the jobs beside it; ask one whether it answers."""

from __future__ import annotations

import os
import socket
import time
import urllib.request
from collections.abc import Callable
from threading import Thread

from brightline.workbench.jobs_beside import JobsBeside
from brightline.workbench.orphans import here_is_the_server

DEFAULT_PORT, PORTS_TRIED = 8080, 20
HEALTH, LOGIN = "/healthz", "/accounts/login/"
_PATIENCE = 60.0


class Busy(OSError):
    """Another program listens at the port."""


def serve(
    host: str,
    port: int,
    workers: int | None = None,
    threads: int = 2,
    jobs: bool = True,
    when_ready: Callable[[], None] | None = None,
) -> None:
    """Serve the workbench; returns when the server was stopped.

    Each worker is a process of its own with so many threads; by default one a core, at most four.
    Two threads keep a core busy while one waits for the database; with more, each request waits
    longer for the others and none more are served (docs/benchmarks.md).
    Background jobs run in one process more, which dies with this one.
    `when_ready` is called once, from another thread, when the server answers. Raises `Busy` where
    another program has the port, and `OSError` where the address cannot be had at all.
    """
    from granian import Granian
    from granian.constants import Interfaces

    claim_port(host, port)
    here_is_the_server()
    if when_ready is not None:
        Thread(target=_tell, args=(host, port, when_ready), daemon=True).start()
    beside = JobsBeside() if jobs else None
    try:
        Granian(
            "brightline.workbench.wsgi:application",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            websockets=False,
            workers=workers or min(4, os.cpu_count() or 1),
            blocking_threads=threads,
            log_enabled=bool(os.environ.get("BRIGHTLINE_LOG")),
            workers_kill_timeout=10,
            respawn_failed_workers=True,
        ).serve()
    finally:
        if beside is not None:
            beside.end()


def claim_port(host: str, port: int) -> None:
    """Nothing where a server could listen here. Raises `Busy`, or `OSError` on a bad address."""
    import errno

    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise Busy(error.errno, error.strerror) from None
            raise


def free_port(host: str, first: int) -> int:
    """The first port from `first` on that no program has. Raises `Busy` after twenty."""
    for port in range(first, min(first + PORTS_TRIED, 65_536)):
        try:
            claim_port(host, port)
        except Busy:
            continue
        return port
    raise Busy(None, f"{first}-{first + PORTS_TRIED - 1}")


def address_of(host: str, port: int) -> str:
    """What to type into a browser on this machine."""
    shown = "127.0.0.1" if host in ("0.0.0.0", "::", "") else host
    return f"http://[{shown}]:{port}" if ":" in shown else f"http://{shown}:{port}"


def answers(address: str, page: str = HEALTH) -> bool:
    """Whether a server answers a page with 200."""
    try:
        with urllib.request.urlopen(address + page, timeout=5) as response:
            return bool(response.status == 200)
    except (OSError, ValueError):
        return False


def wait_until_it_answers(
    address: str, patience: float = _PATIENCE, lives: Callable[[], bool] = lambda: True
) -> bool:
    """Ask until the server answers, at most so many seconds and while it lives; whether it does."""
    until = time.monotonic() + patience
    while time.monotonic() < until and lives():
        if answers(address):
            return True
        time.sleep(0.1)
    return False


def _tell(host: str, port: int, when_ready: Callable[[], None]) -> None:
    if wait_until_it_answers(address_of(host, port)):
        when_ready()
