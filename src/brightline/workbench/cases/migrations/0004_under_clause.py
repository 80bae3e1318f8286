"""Which clauses the decision in force on a case rests on; filled from the decisions there are."""

from __future__ import annotations

import itertools
from typing import Any

import django.db.models.deletion
from django.db import migrations, models

CASES_AT_ONCE = 2_000


def fill(apps: Any, _schema: object = None) -> None:
    """Of each case the newest decision in force; an exception rests on no clause."""
    decisions, under = apps.get_model("cases", "Decision"), apps.get_model("cases", "UnderClause")
    rows = (
        decisions.objects.filter(in_force=True)
        .order_by("case_id", "-at", "-id")
        .values_list("case_id", "exception", "clauses")
        .iterator(CASES_AT_ONCE)
    )
    found = (
        under(case_id=case, sop=sop, clause=clause)
        for case, (newest, *_older) in (
            (case, list(of)) for case, of in itertools.groupby(rows, lambda row: row[0])
        )
        if not newest[1]
        for sop, clause in sorted((c["sop"], c["clause"]) for c in newest[2] if c["violation"])
    )
    while some := list(itertools.islice(found, CASES_AT_ONCE)):
        under.objects.bulk_create(some)


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_task_role_and_decision_exception")]

    operations = [
        migrations.CreateModel(
            name="UnderClause",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sop", models.CharField(max_length=80)),
                ("clause", models.CharField(max_length=80)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="under_clauses",
                        to="cases.case",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["clause", "sop", "case"], name="case_under_clause")
                ]
            },
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
