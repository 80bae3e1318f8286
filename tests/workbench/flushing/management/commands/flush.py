"""Empty the database between tests that commit: the append-only log has to be let go for it."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from django.core.management.commands.flush import Command as Flush
from django.db import connections

_append_only = import_module("brightline.workbench.audit.migrations.0002_append_only")
_releases = import_module("brightline.workbench.rulebooks.migrations.0003_releases_never_change")


class Command(Flush):
    """Django's flush, without the triggers of log and releases; the chain's head is put back."""

    def handle(self, **options: Any) -> None:
        from brightline.workbench.audit.models import ChainHead

        connection = connections[options["database"]]
        with connection.schema_editor() as editor:
            _append_only.backward(None, editor)
            _releases.backward(None, editor)
        super().handle(**options)
        with connection.schema_editor() as editor:
            from django.apps import apps

            ChainHead.objects.all().delete()
            _append_only.forward(apps, editor)
            _releases.forward(apps, editor)
