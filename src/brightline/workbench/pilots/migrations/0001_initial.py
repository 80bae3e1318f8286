"""Drafts tried beside the rulebook in force: pilots, groups, the lot, shadows."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("cases", "0005_looked_at_again"),
        ("drafts", "0002_consultation"),
        ("rulebooks", "0003_releases_never_change"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Pilot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("market", models.CharField(max_length=8)),
                ("name", models.CharField(max_length=120)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            (
                                "shadow",
                                "Shadow: every decision is also made by the draft; nobody sees it",
                            ),
                            (
                                "pilot",
                                "Pilot: a group decides cases drawn by lot, half of them by the draft",
                            ),
                        ],
                        max_length=8,
                    ),
                ),
                ("sha", models.CharField(db_index=True, max_length=64)),
                ("form", models.TextField()),
                ("queues", models.JSONField(default=list)),
                ("seed", models.CharField(max_length=32)),
                ("inclusion", models.FloatField(default=1.0)),
                ("share", models.FloatField(default=0.5)),
                ("most", models.PositiveIntegerField(default=0)),
                ("alpha", models.FloatField(default=0.05)),
                ("tolerance", models.FloatField(default=1.0)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("running", "Running"),
                            ("stopped", "Stopped"),
                            ("promoted", "Promoted"),
                            ("dropped", "Dropped"),
                        ],
                        default="running",
                        max_length=10,
                    ),
                ),
                ("begun_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("ended_at", models.DateTimeField(null=True)),
                ("why", models.TextField(blank=True)),
                ("by_rule", models.BooleanField(default=False)),
                ("evidence", models.FloatField(default=1.0)),
                ("cursor", models.BigIntegerField(default=0)),
                (
                    "base",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="rulebooks.release",
                    ),
                ),
                (
                    "begun_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "from_draft",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="drafts.draft",
                    ),
                ),
            ],
            options={
                "ordering": ["-begun_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Member",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "pilot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="members",
                        to="pilots.pilot",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Look",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("action", models.CharField(max_length=80)),
                ("settled", models.BooleanField()),
                ("same", models.BooleanField()),
                ("points", models.IntegerField(default=0)),
                ("clauses", models.JSONField(default=list)),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="cases.decision",
                    ),
                ),
                (
                    "pilot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="looks",
                        to="pilots.pilot",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Drawn",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("arm", models.CharField(max_length=8)),
                ("inclusion", models.FloatField()),
                ("share", models.FloatField()),
                ("freed", models.BooleanField(default=False)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="cases.case",
                    ),
                ),
                (
                    "pilot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="drawn",
                        to="pilots.pilot",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="pilot",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "pilot"), ("state", "running")),
                fields=("market",),
                name="one_pilot_a_market",
            ),
        ),
        migrations.AddConstraint(
            model_name="member",
            constraint=models.UniqueConstraint(
                models.F("pilot"), models.F("person"), name="one_member_each"
            ),
        ),
        migrations.AddIndex(
            model_name="look",
            index=models.Index(
                fields=["pilot", "settled", "same"], name="pilots_look_pilot_i_da1436_idx"
            ),
        ),
        migrations.AddConstraint(
            model_name="look",
            constraint=models.UniqueConstraint(
                models.F("pilot"), models.F("decision"), name="one_look_a_decision"
            ),
        ),
        migrations.AddIndex(
            model_name="drawn",
            index=models.Index(fields=["pilot", "arm"], name="pilots_draw_pilot_i_9d92f2_idx"),
        ),
        migrations.AddConstraint(
            model_name="drawn",
            constraint=models.UniqueConstraint(
                models.F("pilot"), models.F("case"), name="one_arm_a_case"
            ),
        ),
    ]
