"""What a server does before its first request: compile the rulebooks in force, load the texts."""

from __future__ import annotations

import gc
import logging

from brightline import i18n

_DRAWN = ("console/task.html", "console/console.html")


def warm() -> None:
    """Make ready what the first person of the day would wait for. Nothing fails without it."""
    from django.db import connection
    from django.template import engines

    from brightline.workbench.rulebooks.in_force import engine_of, release_now
    from brightline.workbench.rulebooks.models import Release

    try:
        for market in Release.objects.values_list("market", flat=True).distinct():
            engine_of(release_now(market).sha).warm()
        for language in i18n.LANGUAGES:
            with i18n.use(language):
                i18n._("Review")
        for name in _DRAWN:
            engines["jinja2"].env.get_template(name)  # type: ignore[attr-defined]
        gc.collect()
        gc.freeze()  # what is here stays: no search for rings among the rulebooks' many objects
    except Exception:  # a server that starts cold is better than none
        logging.getLogger("brightline").exception("the server starts cold")
    finally:
        connection.close()
