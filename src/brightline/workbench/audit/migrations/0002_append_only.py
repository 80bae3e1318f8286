"""The database itself refuses to change or delete an event; the chain gets its first link."""

from __future__ import annotations

from typing import Any

from django.db import migrations

_SQLITE = """
CREATE TRIGGER audit_event_no_{verb} BEFORE {verb} ON audit_event
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END
"""
_POSTGRESQL = (
    """
CREATE FUNCTION audit_event_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the audit log is append-only'; END $$
""",
    """
CREATE TRIGGER audit_event_append_only BEFORE UPDATE OR DELETE ON audit_event
FOR EACH ROW EXECUTE FUNCTION audit_event_refuse()
""",
    """
CREATE TRIGGER audit_event_no_truncate BEFORE TRUNCATE ON audit_event
FOR EACH STATEMENT EXECUTE FUNCTION audit_event_refuse()
""",
)


def forward(apps: Any, editor: Any) -> None:
    """Add the triggers and the head."""
    if editor.connection.vendor == "sqlite":
        for verb in ("update", "delete"):
            editor.execute(_SQLITE.format(verb=verb))
    else:
        for statement in _POSTGRESQL:
            editor.execute(statement)
    apps.get_model("audit", "ChainHead").objects.create(id=1)


def backward(apps: Any, editor: Any) -> None:
    """Take the triggers away again."""
    if editor.connection.vendor == "sqlite":
        for verb in ("update", "delete"):
            editor.execute(f"DROP TRIGGER audit_event_no_{verb}")
    else:
        editor.execute("DROP TRIGGER audit_event_append_only ON audit_event")
        editor.execute("DROP TRIGGER audit_event_no_truncate ON audit_event")
        editor.execute("DROP FUNCTION audit_event_refuse()")


class Migration(migrations.Migration):
    """Append-only."""

    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(forward, backward)]
