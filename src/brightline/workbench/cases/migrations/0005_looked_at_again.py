"""A turn and a decision of a case that is looked at again under a new release."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0004_under_clause"),
    ]

    operations = [
        migrations.AlterField(
            model_name="decision",
            name="how",
            field=models.CharField(
                choices=[
                    ("automatic", "Automatic"),
                    ("review", "Reviewed by a moderator"),
                    ("second", "Blind second review"),
                    ("audit", "Audit"),
                    ("adjudicate", "Settled by a senior"),
                    ("escalation", "Escalated"),
                    ("appeal", "Appeal"),
                    ("again", "Looked at again under a new release"),
                ],
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="task",
            name="kind",
            field=models.CharField(
                choices=[
                    ("review", "Review"),
                    ("second", "Blind second review"),
                    ("audit", "Audit of an automatic decision"),
                    ("adjudicate", "Two reviews differ"),
                    ("escalation", "Escalation"),
                    ("appeal", "Appeal"),
                    ("again", "Looked at again under a new release"),
                ],
                default="review",
                max_length=12,
            ),
        ),
    ]
