"""What the tests of Spark share: a session for a whole module, where Java can be had."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from typing import Any

import pytest

from brightline.screening.errors import UnusableCases
from brightline.screening.spark.session import check_java, spark_session

_QUICK = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"  # a short life: no time to optimise in
_SMALL = {
    "spark.driver.memory": "512m",
    "spark.executor.memory": "512m",
    "spark.driver.extraJavaOptions": _QUICK,
    "spark.executor.extraJavaOptions": _QUICK,
}


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    """A session on two threads of this machine."""
    yield from _session({"spark.master": "local[2]"})


@pytest.fixture
def cluster() -> Iterator[Any]:
    """A session with two executors, each a Java process of its own with Python workers below it."""
    yield from _session(
        {
            "spark.master": "local-cluster[2,1,512]",
            "spark.sql.files.openCostInBytes": "1m",
            "spark.sql.files.maxPartitionBytes": "1m",  # every file of a test is a partition
        }
    )


def _session(settings: Mapping[str, str]) -> Iterator[Any]:
    try:
        check_java()
    except UnusableCases as error:
        pytest.skip(f"{error.message} (./run test installs it where it may): {error.hint}")
    with warnings.catch_warnings(), ExitStack() as stack:
        warnings.simplefilter("ignore")  # those of pandas and of Spark itself
        yield stack.enter_context(spark_session({**settings, **_SMALL}))
