"""Which draft a signature was given on."""

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
