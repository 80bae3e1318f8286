"""The table that CACHES names: what all workers count together, such as failed logins."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.db import migrations


def forward(apps: Any, editor: Any) -> None:
    """Make the table; one that is there stays."""
    call_command("createcachetable", database=editor.connection.alias, verbosity=0)


def backward(apps: Any, editor: Any) -> None:
    """Drop it."""
    editor.execute("DROP TABLE brightline_cache")


class Migration(migrations.Migration):
    """A table that belongs to no model."""

    dependencies = [("accounts", "0001_initial")]
    operations = [migrations.RunPython(forward, backward)]
