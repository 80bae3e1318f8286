"""Sweeps: cases looked at again under a release."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("cases", "0005_looked_at_again"),
        ("rulebooks", "0003_releases_never_change"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Sweep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("live", "decided cases that are live"),
                            ("waiting", "cases that wait in the queues"),
                        ],
                        max_length=8,
                    ),
                ),
                ("days", models.PositiveIntegerField(default=30)),
                ("outcomes", models.JSONField(default=list)),
                ("subjects", models.JSONField(default=list)),
                ("since", models.DateTimeField()),
                ("day", models.DateField()),
                ("last_case", models.BigIntegerField(default=0)),
                ("total", models.PositiveIntegerField(default=0)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("looking", "looking"),
                            ("ready", "looked at; nothing was done yet"),
                            ("acting", "being carried out"),
                            ("done", "carried out"),
                            ("stopped", "stopped"),
                        ],
                        default="looking",
                        max_length=8,
                    ),
                ),
                ("done", models.BigIntegerField(default=0)),
                ("counts", models.JSONField(default=dict)),
                ("automatic", models.BooleanField(default=False)),
                ("tasks", models.BooleanField(default=False)),
                ("take_back", models.BooleanField(default=False)),
                ("error", models.TextField(blank=True)),
                ("why", models.TextField(blank=True)),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("lease_until", models.DateTimeField(null=True)),
                ("done_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "release",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sweeps",
                        to="rulebooks.release",
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="SweptCase",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("was", models.CharField(blank=True, max_length=80)),
                ("now", models.CharField(blank=True, max_length=80)),
                ("possible", models.JSONField(default=list)),
                ("clauses", models.JSONField(default=list)),
                ("points", models.PositiveIntegerField(default=0)),
                ("in_hand", models.BooleanField(default=False)),
                ("queue", models.CharField(blank=True, max_length=80)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("found", "nothing yet"),
                            ("acted", "decided by the rules"),
                            ("task", "given to a person"),
                            ("routed", "read again where it waits"),
                            ("left", "left as it is"),
                            ("gone", "something else happened meanwhile"),
                        ],
                        default="found",
                        max_length=6,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="cases.case",
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="cases.decision",
                    ),
                ),
                (
                    "made",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="cases.decision",
                    ),
                ),
                (
                    "sweep",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="cases",
                        to="releasing.sweep",
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="cases.task",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="sweep",
            index=models.Index(
                fields=["status", "lease_until"], name="releasing_s_status_7c1826_idx"
            ),
        ),
        migrations.AddIndex(
            model_name="sweptcase",
            index=models.Index(
                fields=["sweep", "state", "id"], name="releasing_s_sweep_i_ffa229_idx"
            ),
        ),
        migrations.AddConstraint(
            model_name="sweptcase",
            constraint=models.UniqueConstraint(
                models.F("sweep"), models.F("case"), name="one_look_a_case"
            ),
        ),
    ]
