"""Back-tests that were asked for, and their reports."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Report",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("market", models.CharField(max_length=8)),
                ("old_sha", models.CharField(max_length=64)),
                ("old_name", models.CharField(max_length=120)),
                ("new_sha", models.CharField(max_length=64)),
                ("new_name", models.CharField(max_length=120)),
                ("new_form", models.TextField(blank=True)),
                ("asked_at", models.DateTimeField()),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("running", "Being made"),
                            ("done", "Ready"),
                            ("failed", "Failed"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("begun_at", models.DateTimeField(null=True)),
                ("done_at", models.DateTimeField(null=True)),
                ("why", models.TextField(blank=True)),
                ("cases", models.PositiveBigIntegerField(default=0)),
                ("changed", models.PositiveBigIntegerField(default=0)),
                ("may_change", models.PositiveBigIntegerField(default=0)),
                ("page", models.TextField(blank=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["market", "-asked_at"], name="backtests_r_market_14ed6f_idx"
                    ),
                    models.Index(
                        fields=["status", "asked_at"], name="backtests_r_status_c1e62a_idx"
                    ),
                ],
            },
        ),
    ]
