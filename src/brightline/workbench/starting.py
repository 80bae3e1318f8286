"""Bring the workbench up in this process: its folder, its key, its database up to date."""

from __future__ import annotations

import os
from pathlib import Path

from brightline.workbench.home import VARIABLE, home, keep_secret_key

SETTINGS = "brightline.workbench.settings"


def start(folder: Path | None = None, migrate: bool = True) -> None:
    """Set Django up for a data folder (None: the usual one) and bring its database up to date.

    Raises `OSError` where the folder cannot be written.
    """
    if folder is not None:
        os.environ[VARIABLE] = str(folder.expanduser().resolve())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    keep_secret_key(home())
    (home() / "static").mkdir(exist_ok=True)
    import django

    django.setup()
    if migrate:
        from django.core.management import call_command

        call_command("migrate", verbosity=0, interactive=False)
