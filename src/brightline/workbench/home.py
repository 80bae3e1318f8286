"""Where a running workbench keeps what is its own: the database file, pictures, the secret key."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

VARIABLE, KEY_FILE = "BRIGHTLINE_HOME", "secret-key"


def home() -> Path:
    """The folder of this installation's data: BRIGHTLINE_HOME, else `~/.brightline`."""
    given = os.environ.get(VARIABLE)
    return Path(given).expanduser().resolve() if given else Path.home() / ".brightline"


def secret_key(folder: Path) -> str:
    """The key that signs sessions and links: BRIGHTLINE_SECRET_KEY, else the one in the folder.

    Where there is neither, one for this process only: nothing is written here.
    """
    given = os.environ.get("BRIGHTLINE_SECRET_KEY")
    if given:
        return given
    try:
        return (folder / KEY_FILE).read_text("utf-8").strip()
    except OSError:
        return secrets.token_urlsafe(50)


def keep_secret_key(folder: Path) -> None:
    """Make the folder's key at the first start, for its owner's eyes only.

    Raises `OSError` where the folder cannot be written.
    """
    file = folder / KEY_FILE
    if file.exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    mine = folder / f"{KEY_FILE}.{os.getpid()}"
    mine.touch(0o600)
    mine.write_text(secrets.token_urlsafe(50), "utf-8")
    try:
        os.link(mine, file)  # only the first of several that start at once
    except FileExistsError:
        pass
    finally:
        mine.unlink()
