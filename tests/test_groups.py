"""Tests that share something dear run in one worker: only so is it made once."""

from __future__ import annotations

import os

import pytest


@pytest.mark.one_engine
@pytest.mark.xdist_group("groups")
def test_the_runner_knows_the_groups(request):
    if "PYTEST_XDIST_WORKER" not in os.environ:
        pytest.skip("one process runs all")
    assert request.node.nodeid.endswith("@groups")
