"""The connection to Spark: what has to be there, and how it is set for screening."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from brightline.i18n import _
from brightline.screening.errors import UnusableCases
from brightline.screening.reading import CHUNK, CHUNK_BYTES

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

OLDEST_JAVA = 17
_LOCAL = re.compile(r"local(\[|-cluster|$)")
_SQL = {
    # What is read must be what pyarrow reads from the same file.
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.caseSensitive": "true",
    "spark.sql.sources.partitionColumnTypeInference.enabled": "false",
    "spark.sql.legacy.parquet.nanosAsLong": "true",
    "spark.sql.parquet.datetimeRebaseModeInRead": "CORRECTED",
    "spark.sql.parquet.int96RebaseModeInRead": "CORRECTED",
    # A batch is the size of a chunk of `screen`: what the kernel needs stays in cache.
    "spark.sql.execution.arrow.maxRecordsPerBatch": str(CHUNK),
    "spark.sql.execution.arrow.maxBytesPerBatch": str(CHUNK_BYTES),
    # Decisions, rejected rows and tallies are written side by side, not sorted first.
    "spark.sql.maxConcurrentOutputFileWriters": "4",
    "spark.sql.parquet.compression.codec": "zstd",
}
_QUIET = {"spark.ui.showConsoleProgress": "false", "spark.log.level": "ERROR"}
_AT_HOME = {
    "spark.ui.enabled": "false",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
}


@contextmanager
def spark_session(settings: Mapping[str, str]) -> Iterator[SparkSession]:
    """A session to screen with: that of `spark-submit`, or one of its own, ended afterwards.

    `settings` are Spark's, by their names. Without a master the work is done by this machine alone.
    Raises `UnusableCases` where PySpark or Java is not there, or Spark does not start.
    """
    check_pyspark()
    from pyspark.sql import SparkSession

    running = SparkSession.getActiveSession()
    if running is not None:
        own = running.newSession()
        _set(own)
        yield own
        return
    if "PYSPARK_GATEWAY_PORT" not in os.environ:  # else spark-submit has started Java
        check_java()
    interrupt = signal.getsignal(signal.SIGINT)
    session = _started(settings)
    try:
        _set(session)
        yield session
    finally:
        session.stop()
        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGINT, interrupt)  # pyspark puts its own in place and leaves it


def check_pyspark() -> None:
    """Raise `UnusableCases` where PySpark, or what it needs, is not installed."""
    for name in ("pyspark", "pandas"):
        if find_spec(name) is None:
            raise UnusableCases(
                _("--engine spark needs the Python package {name}").format(name=name),
                _("install it: pip install 'brightline[spark]'"),
            )


def check_java() -> None:
    """Raise `UnusableCases` where there is no Java, or one that is too old for Spark."""
    program = java()
    hint = _("install Java {oldest} or newer, or let JAVA_HOME name the folder it is in; {debian}")
    hint = hint.format(
        oldest=OLDEST_JAVA, debian="Debian, Ubuntu: apt install openjdk-17-jre-headless"
    )
    if program is None:
        raise UnusableCases(_("--engine spark needs Java, and there is none"), hint)
    version = java_version(program)
    if version is None:
        raise UnusableCases(_("{program} does not run").format(program=program), hint)
    if version < OLDEST_JAVA:
        raise UnusableCases(
            _("{program} is Java {version}, which is too old for Spark").format(
                program=program, version=version
            ),
            hint,
        )


def java() -> Path | None:
    """The program that Spark would start: in JAVA_HOME, else on the PATH."""
    home = os.environ.get("JAVA_HOME")
    if home:
        program = Path(home) / "bin" / "java"
        return program if program.exists() else None
    found = shutil.which("java")
    return Path(found) if found else None


def java_version(program: Path) -> int | None:
    """The major version (8, 17, 21); None where the program cannot be run."""
    try:
        told = subprocess.run(
            [program, "-version"], capture_output=True, text=True, check=True, timeout=60
        )
    except (OSError, subprocess.SubprocessError):
        return None
    found = re.search(r'version "(?:1\.)?(\d+)', told.stderr)
    return int(found[1]) if found else None


def _started(settings: Mapping[str, str]) -> SparkSession:
    import pyspark
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException
    from pyspark.sql import SparkSession

    os.environ.setdefault("SPARK_HOME", str(Path(pyspark.__file__).parent))
    submitted = "PYSPARK_GATEWAY_PORT" in os.environ
    builder = SparkSession.builder
    wanted = {"spark.app.name": "brightline screen", **_QUIET}
    master = settings.get("spark.master", os.environ.get("MASTER", "local[*]"))
    if not submitted and _LOCAL.match(master):
        wanted |= _AT_HOME
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    if submitted:  # what spark-submit was told comes first
        wanted = {}
    for name, value in {**wanted, **settings}.items():
        builder = builder.config(name, value)
    try:
        return builder.getOrCreate()
    except (PySparkException, Py4JError, OSError, RuntimeError) as error:
        raise UnusableCases(
            _("Spark does not start: {error}").format(error=" ".join(str(error).split())[:300]),
            _("it says more above; --spark-conf spark.log.level=INFO says everything"),
        ) from None


def _set(session: SparkSession) -> None:
    for name, value in _SQL.items():
        session.conf.set(name, value)
