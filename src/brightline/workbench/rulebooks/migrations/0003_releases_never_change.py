"""The database itself refuses to change or delete a release."""

from __future__ import annotations

from typing import Any

from django.db import migrations

_SQLITE = """
CREATE TRIGGER rulebooks_release_no_{verb} BEFORE {verb} ON rulebooks_release
BEGIN SELECT RAISE(ABORT, 'a release never changes'); END
"""
_POSTGRESQL = (
    """
CREATE FUNCTION rulebooks_release_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'a release never changes'; END $$
""",
    """
CREATE TRIGGER rulebooks_release_never_changes BEFORE UPDATE OR DELETE ON rulebooks_release
FOR EACH ROW EXECUTE FUNCTION rulebooks_release_refuse()
""",
    """
CREATE TRIGGER rulebooks_release_no_truncate BEFORE TRUNCATE ON rulebooks_release
FOR EACH STATEMENT EXECUTE FUNCTION rulebooks_release_refuse()
""",
)


def forward(apps: Any, editor: Any) -> None:
    """Add the triggers."""
    if editor.connection.vendor == "sqlite":
        for verb in ("update", "delete"):
            editor.execute(_SQLITE.format(verb=verb))
    else:
        for statement in _POSTGRESQL:
            editor.execute(statement)


def backward(apps: Any, editor: Any) -> None:
    """Take the triggers away again."""
    if editor.connection.vendor == "sqlite":
        for verb in ("update", "delete"):
            editor.execute(f"DROP TRIGGER rulebooks_release_no_{verb}")
    else:
        editor.execute("DROP TRIGGER rulebooks_release_never_changes ON rulebooks_release")
        editor.execute("DROP TRIGGER rulebooks_release_no_truncate ON rulebooks_release")
        editor.execute("DROP FUNCTION rulebooks_release_refuse()")


class Migration(migrations.Migration):
    """Never changed."""

    dependencies = [("rulebooks", "0002_what_becomes_of_a_release")]
    operations = [migrations.RunPython(forward, backward)]
