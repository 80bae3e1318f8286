"""The one-time code that proves, in the browser, that one may use the server's terminal.

`brightline serve` prints it while there are no people; only its hash is kept, in the data folder.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from pathlib import Path

_FILE, _LETTERS = "first-code", "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


def _hash(code: str) -> str:
    plain = "".join(c for c in code.upper() if c.isalnum())
    return hashlib.sha256(plain.encode()).hexdigest()


def new_code(folder: Path) -> str:
    """A new code, such as `7GHK-2MNP-QRST`; the one before is void. Raises `OSError`."""
    code = "-".join("".join(secrets.choice(_LETTERS) for _n in range(4)) for _m in range(3))
    file = folder / _FILE
    file.unlink(missing_ok=True)
    file.touch(0o600)
    file.write_text(_hash(code), "utf-8")
    return code


def right(folder: Path, code: str) -> bool:
    """Whether this is the code."""
    try:
        kept = (folder / _FILE).read_text("utf-8").strip()
    except OSError:
        return False
    return hmac.compare_digest(kept, _hash(code))


def use_up(folder: Path) -> bool:
    """Void the code; False where another request was faster."""
    try:
        (folder / _FILE).unlink()
    except OSError:
        return False
    return True
