"""How long the server took, in a header: for measuring. In force where BRIGHTLINE_TIMING is set."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


class TimingMiddleware:
    """Adds `Server-Timing: app;dur=…, cpu;dur=…`: milliseconds from the request's arrival to its
    answer, and those of them that this thread was computing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        begun, computing = time.perf_counter(), time.thread_time()
        response = self.get_response(request)
        took, computed = time.perf_counter() - begun, time.thread_time() - computing
        response["Server-Timing"] = f"app;dur={took * 1000:.2f}, cpu;dur={computed * 1000:.2f}"
        return response
