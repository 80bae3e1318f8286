"""Releases and reference tables."""

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
            name="ReferenceTable",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("market", models.CharField(max_length=8)),
                ("name", models.CharField(max_length=80)),
                ("day", models.DateField()),
                ("file", models.CharField(max_length=200)),
                ("data", models.BinaryField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("market"),
                        models.F("name"),
                        models.F("day"),
                        name="one_table_a_day",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Release",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sha", models.CharField(max_length=64)),
                ("market", models.CharField(max_length=8)),
                ("number", models.PositiveIntegerField()),
                ("name", models.CharField(max_length=80)),
                ("form", models.TextField()),
                ("effective_at", models.DateTimeField()),
                ("published_at", models.DateTimeField(auto_now_add=True)),
                ("note", models.TextField(blank=True)),
                (
                    "published_by",
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
                        fields=["market", "-effective_at", "-number"],
                        name="rulebooks_r_market_463e10_idx",
                    ),
                    models.Index(fields=["sha"], name="rulebooks_r_sha_76af3f_idx"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("market"), models.F("number"), name="one_number_a_market"
                    )
                ],
            },
        ),
    ]
