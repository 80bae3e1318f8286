"""Briefings, notices, who they are for, quizzes taken, group chats."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("rulebooks", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Briefing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                ("lead", models.JSONField(default=dict)),
                ("drafted_at", models.DateTimeField()),
                (
                    "previous",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="rulebooks.release",
                    ),
                ),
                (
                    "release",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="briefing",
                        to="rulebooks.release",
                    ),
                ),
            ],
            options={
                "ordering": ["-release__effective_at", "-release__number"],
            },
        ),
        migrations.CreateModel(
            name="Channel",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                (
                    "kind",
                    models.CharField(choices=[("lark", "Lark"), ("slack", "Slack")], max_length=8),
                ),
                ("market", models.CharField(max_length=8)),
                ("queue", models.CharField(blank=True, max_length=80)),
                ("language", models.CharField(default="vi", max_length=2)),
                ("sealed_address", models.TextField()),
                ("sealed_secret", models.TextField(blank=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["name", "id"],
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("market", models.CharField(max_length=8)),
                ("queue", models.CharField(max_length=80)),
                ("title", models.JSONField(default=dict)),
                ("body", models.JSONField(default=dict)),
                ("drafted", models.JSONField(default=dict)),
                ("sops", models.JSONField(default=list)),
                ("witnesses", models.JSONField(default=list)),
                ("left_out", models.JSONField(default=list)),
                ("sample", models.JSONField(default=dict)),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Draft"), ("sent", "Sent"), ("withdrawn", "Withdrawn")],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("quiz", models.BooleanField(default=True)),
                ("asked", models.PositiveSmallIntegerField(default=5)),
                ("needed", models.PositiveSmallIntegerField(default=4)),
                ("sent_at", models.DateTimeField(null=True)),
                ("binds_at", models.DateTimeField(null=True)),
                ("nudged_at", models.DateTimeField(null=True)),
                (
                    "briefing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notices",
                        to="understanding.briefing",
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": [
                    "-briefing__release__effective_at",
                    "-briefing__release__number",
                    "queue",
                ],
            },
        ),
        migrations.CreateModel(
            name="Post",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("sent", "Sent"),
                            ("given_up", "Given Up"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("next_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("lease_until", models.DateTimeField(null=True)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("sent_at", models.DateTimeField(null=True)),
                ("said", models.TextField(blank=True)),
                ("title", models.CharField(max_length=300)),
                ("text", models.TextField()),
                ("link", models.CharField(blank=True, max_length=1000)),
                (
                    "channel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="posts",
                        to="understanding.channel",
                    ),
                ),
                (
                    "notice",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="understanding.notice",
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Recipient",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("founding", models.BooleanField(default=False)),
                ("fresh", models.BooleanField(default=False)),
                ("told_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("read_at", models.DateTimeField(null=True)),
                ("passed_at", models.DateTimeField(null=True)),
                (
                    "way",
                    models.CharField(
                        blank=True,
                        choices=[("quiz", "Quiz"), ("reading", "Reading"), ("later", "Later")],
                        max_length=8,
                    ),
                ),
                ("reminders", models.PositiveSmallIntegerField(default=0)),
                ("reminded_at", models.DateTimeField(null=True)),
                ("excused_until", models.DateTimeField(null=True)),
                ("excused_why", models.TextField(blank=True)),
                (
                    "excused_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "notice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="recipients",
                        to="understanding.notice",
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
            ],
        ),
        migrations.CreateModel(
            name="Attempt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("sha", models.CharField(max_length=64)),
                ("day", models.DateField()),
                ("questions", models.JSONField(default=list)),
                ("answers", models.JSONField(default=list)),
                ("marks", models.JSONField(default=list)),
                ("passed", models.BooleanField(default=False)),
                ("begun_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attempts",
                        to="understanding.recipient",
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
            },
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                fields=["market", "queue", "state"], name="understandi_market_e38ca5_idx"
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.UniqueConstraint(
                models.F("briefing"), models.F("queue"), name="one_notice_a_queue"
            ),
        ),
        migrations.AddIndex(
            model_name="post",
            index=models.Index(fields=["status", "next_at"], name="understandi_status_23122e_idx"),
        ),
        migrations.AddIndex(
            model_name="recipient",
            index=models.Index(
                fields=["person", "passed_at"], name="understandi_person__a7abf3_idx"
            ),
        ),
        migrations.AddConstraint(
            model_name="recipient",
            constraint=models.UniqueConstraint(
                models.F("notice"), models.F("person"), name="one_recipient_each"
            ),
        ),
        migrations.AddConstraint(
            model_name="attempt",
            constraint=models.UniqueConstraint(
                models.F("recipient"), models.F("number"), name="one_attempt_a_number"
            ),
        ),
    ]
