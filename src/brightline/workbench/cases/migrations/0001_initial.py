"""Cases, tasks, answers, decisions, market settings."""

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
            name="Market",
            fields=[
                ("code", models.CharField(max_length=8, primary_key=True, serialize=False)),
                ("automatic", models.BooleanField(default=True)),
                ("audit_share", models.FloatField(default=0.05)),
                ("second_share", models.FloatField(default=0.1)),
                ("lease_minutes", models.PositiveSmallIntegerField(default=15)),
                ("appeal_days", models.PositiveSmallIntegerField(default=30)),
            ],
        ),
        migrations.CreateModel(
            name="Case",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("market", models.CharField(max_length=8)),
                ("ref", models.CharField(max_length=120)),
                ("subject", models.CharField(max_length=80)),
                ("language", models.CharField(default="vi", max_length=8)),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("proactive", "Proactive check"),
                            ("user_report", "User report"),
                            ("authority_request", "Authority request"),
                            ("appeal", "Appeal"),
                        ],
                        default="proactive",
                        max_length=20,
                    ),
                ),
                ("attributes", models.JSONField(default=dict)),
                ("given", models.JSONField(default=dict)),
                ("facts", models.JSONField(default=dict)),
                ("sha", models.CharField(max_length=64)),
                ("day", models.DateField()),
                ("seller", models.CharField(blank=True, max_length=120)),
                ("risk", models.FloatField(default=0)),
                ("action", models.CharField(blank=True, max_length=80)),
                ("received_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(null=True)),
                ("search_text", models.TextField(blank=True)),
                ("fingerprint", models.BigIntegerField(default=0)),
                ("sample", models.BooleanField(default=False)),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["market", "seller", "-received_at"],
                        name="cases_case_market_625487_idx",
                    ),
                    models.Index(fields=["fingerprint"], name="cases_case_fingerp_a9f1c9_idx"),
                    models.Index(fields=["-received_at"], name="cases_case_receive_aebb3d_idx"),
                    models.Index(
                        fields=["action", "-decided_at"], name="cases_case_action_74ad07_idx"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("market"), models.F("ref"), name="one_case_a_ref"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Picture",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "file",
                    models.ImageField(
                        height_field="height", upload_to="pictures/%Y/%m/%d", width_field="width"
                    ),
                ),
                ("width", models.PositiveIntegerField(default=0)),
                ("height", models.PositiveIntegerField(default=0)),
                ("digest", models.CharField(db_index=True, max_length=64)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pictures",
                        to="cases.case",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Task",
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
                            ("review", "Review"),
                            ("second", "Blind second review"),
                            ("audit", "Audit of an automatic decision"),
                            ("adjudicate", "Two reviews differ"),
                            ("escalation", "Escalation"),
                            ("appeal", "Appeal"),
                        ],
                        default="review",
                        max_length=12,
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("claimed", "Claimed"),
                            ("done", "Done"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("market", models.CharField(max_length=8)),
                ("queue", models.CharField(max_length=80)),
                ("language", models.CharField(default="vi", max_length=8)),
                ("urgency", models.PositiveSmallIntegerField(default=3)),
                ("due_at", models.DateTimeField()),
                ("senior", models.BooleanField(default=False)),
                ("inclusion", models.FloatField(default=1.0)),
                ("claimed_at", models.DateTimeField(null=True)),
                ("lease_until", models.DateTimeField(null=True)),
                ("done_at", models.DateTimeField(null=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tasks",
                        to="cases.case",
                    ),
                ),
                (
                    "claimed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tasks",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "how",
                    models.CharField(
                        choices=[
                            ("automatic", "Automatic"),
                            ("review", "Reviewed by a moderator"),
                            ("second", "Blind second review"),
                            ("audit", "Audit"),
                            ("adjudicate", "Settled by a senior"),
                            ("escalation", "Escalated"),
                            ("appeal", "Appeal"),
                        ],
                        max_length=12,
                    ),
                ),
                ("sha", models.CharField(max_length=64)),
                ("day", models.DateField()),
                ("action", models.CharField(max_length=80)),
                ("clauses", models.JSONField(default=list)),
                ("facts", models.JSONField(default=dict)),
                ("points", models.PositiveIntegerField(default=0)),
                ("violation", models.BooleanField(default=False)),
                ("in_force", models.BooleanField(default=True)),
                ("note", models.TextField(blank=True)),
                ("seconds", models.FloatField(default=0)),
                ("at", models.DateTimeField()),
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
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="decisions",
                        to="cases.case",
                    ),
                ),
                (
                    "task",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decision",
                        to="cases.task",
                    ),
                ),
            ],
            options={
                "ordering": ["at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField()),
                ("fact", models.CharField(blank=True, max_length=160)),
                ("value", models.JSONField(null=True)),
                ("seconds", models.FloatField(default=0)),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="cases.task",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Aside",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("why", models.CharField(max_length=20)),
                ("note", models.TextField(blank=True)),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="asides",
                        to="cases.case",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("case"), models.F("person"), name="one_aside_each"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="QueueState",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("market", models.CharField(max_length=8)),
                ("queue", models.CharField(max_length=80)),
                ("paused", models.BooleanField(default=False)),
                ("why", models.TextField(blank=True)),
                ("at", models.DateTimeField(auto_now=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("market"), models.F("queue"), name="one_state_a_queue"
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(
                fields=["status", "market", "queue", "urgency", "due_at", "id"],
                name="task_next_in_queue",
            ),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(
                fields=["claimed_by", "status"], name="cases_task_claimed_ae7caf_idx"
            ),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(
                fields=["status", "lease_until"], name="cases_task_status_190adb_idx"
            ),
        ),
        migrations.AddIndex(
            model_name="decision",
            index=models.Index(fields=["case", "-at"], name="cases_decis_case_id_00e74e_idx"),
        ),
        migrations.AddIndex(
            model_name="decision",
            index=models.Index(fields=["by", "-at"], name="cases_decis_by_id_05a1f5_idx"),
        ),
        migrations.AddIndex(
            model_name="decision",
            index=models.Index(fields=["-at"], name="cases_decis_at_6ac2bc_idx"),
        ),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.UniqueConstraint(
                models.F("task"), models.F("key"), name="one_answer_a_key"
            ),
        ),
    ]
