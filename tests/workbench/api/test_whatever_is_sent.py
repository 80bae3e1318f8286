"""Whatever is sent to the API, it answers as its description says, and never breaks."""

from __future__ import annotations

import os
from contextlib import contextmanager

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from brightline.workbench.wsgi import application
from tests.examples import some
from tests.workbench.api.calling import a_token, call, listing
from tests.workbench.making import shares

pytestmark = pytest.mark.django_db

CHECKS = (not_a_server_error, status_code_conformance, content_type_conformance,
          response_schema_conformance)  # fmt: skip
CALLS = [
    ("POST", "/api/v1/cases"), ("POST", "/api/v1/cases/batch"), ("GET", "/api/v1/queues"),
    ("POST", "/api/v1/cases/{market}/{ref}/pictures"), ("GET", "/api/v1/cases/{market}/{ref}"),
    ("GET", "/api/v1/releases"), ("GET", "/api/v1/releases/{market}"),
    ("POST", "/api/v1/releases/{market}"), ("GET", "/api/v1/rulebooks/{sha}"),
    ("GET", "/api/v1/pushes/{market}/{number}"),
]  # fmt: skip
EXAMPLES = int(os.environ.get("BRIGHTLINE_SCHEMATHESIS", some(30)))


@pytest.fixture
def description(release):
    """The description, as the API itself tells it."""
    shares()
    return schemathesis.openapi.from_dict(call("/openapi.json", None).json())


@contextmanager
def _connection_kept():
    """As Django's own test client does it: the connection is the test's, no call may close it."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.mark.parametrize("with_key", [True, False])
@pytest.mark.parametrize(("method", "path"), CALLS)
def test_every_call_answers_as_described(description, method, path, with_key):
    description.app = application
    headers = {"Authorization": f"Bearer {a_token()}"} if with_key else {}
    token = a_token()
    call("/cases", token, listing("0"))
    seen: list[int] = []
    operation = description[path][method]
    cases = operation.as_strategy(
        generation_mode=schemathesis.GenerationMode.POSITIVE
    ) | operation.as_strategy(generation_mode=schemathesis.GenerationMode.NEGATIVE)

    @settings(
        max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck)
    )
    @given(cases)
    def run(case):
        case.headers = {**(case.headers or {}), **headers}
        response = case.call()
        seen.append(response.status_code)
        case.validate_response(response, checks=CHECKS)
        assert with_key or response.status_code not in (200, 201)

    with _connection_kept():
        run()
    assert seen


def test_the_calls_tested_are_all_there_are(description):
    told = {
        (method.upper(), path)
        for path, of in description.raw_schema["paths"].items()
        for method in of
    }
    assert told == set(CALLS)
