"""The app cases."""

from __future__ import annotations

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Cases, the tasks of people on them, and the decisions."""

    name = "brightline.workbench.cases"
    label = "cases"

    def ready(self) -> None:
        """Take back what a person had in hand when their account is closed."""
        from brightline.workbench.accounts.signals import account_closed
        from brightline.workbench.cases.actions.take_back import take_back_all

        account_closed.connect(take_back_all, dispatch_uid="cases")
