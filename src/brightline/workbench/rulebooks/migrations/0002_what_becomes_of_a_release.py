"""When a release ends, how it came, who signed it, whether it was called off."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("rulebooks", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="release",
            name="base",
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name="release",
            name="came_from",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="release",
            name="emergency",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="release",
            name="expires_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="release",
            name="restores",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="rulebooks.release",
            ),
        ),
        migrations.AddField(
            model_name="release",
            name="sign_by",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="release",
            name="way",
            field=models.CharField(
                choices=[
                    ("draft", "from an approved draft"),
                    ("file", "from a file, in the browser"),
                    ("server", "on the server"),
                    ("folder", "from a watched folder"),
                    ("program", "by a program"),
                    ("rollback", "as a rollback"),
                ],
                default="file",
                max_length=10,
            ),
        ),
        migrations.CreateModel(
            name="Cancellation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("why", models.TextField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "release",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cancellation",
                        to="rulebooks.release",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Ratification",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "release",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ratification",
                        to="rulebooks.release",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SignRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("market", models.CharField(max_length=8)),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("any", "any change"),
                            ("law", "what cites law, or what a clause rests on"),
                            ("points", "points and the ladder"),
                            ("severity", "clauses whose action is at least so severe"),
                            ("sop", "one SOP"),
                            ("owner", "the SOPs of one team"),
                        ],
                        max_length=10,
                    ),
                ),
                ("value", models.CharField(blank=True, max_length=80)),
                ("role", models.CharField(max_length=32)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("market"),
                        models.F("what"),
                        models.F("value"),
                        models.F("role"),
                        name="one_rule_to_sign",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Signature",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("market", models.CharField(max_length=8)),
                ("sha", models.CharField(max_length=64)),
                ("base", models.CharField(blank=True, max_length=64)),
                ("role", models.CharField(max_length=32)),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("note", models.TextField(blank=True)),
                ("taken_back_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["market", "sha"], name="rulebooks_s_market_f28b04_idx")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("taken_back_at", None)),
                        fields=("market", "sha", "base", "by"),
                        name="one_signature_each",
                    )
                ],
            },
        ),
    ]
