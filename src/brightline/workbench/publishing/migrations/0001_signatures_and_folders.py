"""Which draft a signature was given on; folders that are watched."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("drafts", "0001_initial"),
        ("rulebooks", "0003_releases_never_change"),
    ]

    operations = [
        migrations.CreateModel(
            name="WatchedFolder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("path", models.CharField(max_length=500, unique=True)),
                ("market", models.CharField(blank=True, max_length=8)),
                (
                    "state",
                    models.CharField(
                        choices=[("fine", "Fine"), ("broken", "Broken"), ("others", "Others")],
                        default="fine",
                        max_length=8,
                    ),
                ),
                ("seen", models.CharField(blank=True, max_length=64)),
                ("published", models.CharField(blank=True, max_length=64)),
                ("said", models.TextField(blank=True)),
                ("problems", models.JSONField(default=list)),
                ("checked_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="DraftSignature",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("revision", models.PositiveIntegerField()),
                (
                    "draft",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="signatures",
                        to="drafts.draft",
                    ),
                ),
                (
                    "signature",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="on_draft",
                        to="rulebooks.signature",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
    ]
