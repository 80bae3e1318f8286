"""Is the workbench alive? For load balancers and monitors: a word, nothing of what is inside."""

from __future__ import annotations

import logging

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse

from brightline.workbench.accounts.gate import public


@public
def healthz(_request: HttpRequest) -> HttpResponse:
    """`ok`, or 503 where the database cannot be asked; why is in the log."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT seq FROM audit_chainhead WHERE id = 1")
            alive = cursor.fetchone() is not None
    except DatabaseError:
        logging.getLogger("brightline").exception("the database cannot be reached")
        alive = False
    response = HttpResponse(
        "ok\n" if alive else "unavailable\n",
        status=200 if alive else 503,
        content_type="text/plain; charset=utf-8",
    )
    response["Cache-Control"] = "no-store"
    return response
