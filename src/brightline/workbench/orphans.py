"""A worker of the server ends when the server is gone, kill -9 included.

Left alone it would keep the port, and answer with a server that nobody can stop any more.
"""

from __future__ import annotations

import os
import threading
import time

_SERVER = "BRIGHTLINE_SERVER"
"""Names the process of the server to its workers."""
_SECONDS = 0.5


def here_is_the_server() -> None:
    """Say that this process is the server; called before it starts workers."""
    os.environ[_SERVER] = str(os.getpid())


def end_with_server() -> None:
    """Watch over the server from a worker of it; nothing where another program runs us."""
    server = os.environ.get(_SERVER, "")
    if server.isdigit() and int(server) != os.getpid():
        threading.Thread(target=_watch, args=(int(server),), daemon=True).start()


def _watch(server: int) -> None:
    while os.getppid() == server:
        time.sleep(_SECONDS)
    os._exit(1)  # nobody is left to answer to; what was confirmed is in the database
