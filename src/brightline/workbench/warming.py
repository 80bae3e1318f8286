"""What a server does before its first request: compile the rulebooks in force, load the texts."""

from __future__ import annotations

import logging

from brightline import i18n


def warm() -> None:
    """Make ready what the first person of the day would wait for. Nothing fails without it."""
    from django.db import connection

    from brightline.workbench.rulebooks.in_force import engine_of, release_now
    from brightline.workbench.rulebooks.models import Release

    try:
        for market in Release.objects.values_list("market", flat=True).distinct():
            engine_of(release_now(market).sha).warm()
        for language in i18n.LANGUAGES:
            with i18n.use(language):
                i18n._("Review")
    except Exception:  # a server that starts cold is better than none
        logging.getLogger("brightline").exception("the server starts cold")
    finally:
        connection.close()
