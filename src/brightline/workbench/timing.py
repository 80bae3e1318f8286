"""How long the server took, in a header: for measuring. In force where BRIGHTLINE_TIMING is set."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


class TimingMiddleware:
    """Adds `Server-Timing: app;dur=<milliseconds>`, from the request's arrival to its answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        begun = time.perf_counter()
        response = self.get_response(request)
        response["Server-Timing"] = f"app;dur={(time.perf_counter() - begun) * 1000:.2f}"
        return response
