"""Run the web server until it is told to stop."""

from __future__ import annotations

import os

DEFAULT_PORT = 8080


def serve(host: str, port: int, workers: int | None = None, threads: int = 4) -> None:
    """Serve the workbench; returns when the server was stopped.

    Each worker is a process of its own with so many threads; by default one a core, at most four.
    Raises `OSError` where the address cannot be had.
    """
    from granian import Granian
    from granian.constants import Interfaces

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
    ).serve()
