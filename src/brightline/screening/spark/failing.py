"""What went wrong on an executor, carried through Spark to the driver, and told to a person."""

from __future__ import annotations

import json
import re

from brightline.i18n import _
from brightline.screening.errors import UnusableCases

_BEGIN, _END = "brightline-says<", ">brightline-says"
_SAID = re.compile(f"{_BEGIN}(.*?){_END}", re.DOTALL)
_NO_MODULE = re.compile(r"ModuleNotFoundError: No module named '([\w.]+)'")
_NO_PYTHON = re.compile(r'Cannot run program "([^"]+)"')


class Failed(Exception):
    """An `UnusableCases` in a form that survives Spark, which keeps the text of an error only."""

    @classmethod
    def of(cls, error: UnusableCases) -> Failed:
        """The error, wrapped."""
        return cls(f"{_BEGIN}{json.dumps([error.message, error.hint])}{_END}")


def unusable(error: Exception) -> UnusableCases:
    """An error of Spark's as one for a person; what an executor said is told as it is."""
    text = str(error)
    if said := _SAID.search(text):
        message, hint = json.loads(said[1])
        return UnusableCases(message, hint)
    if missing := _NO_MODULE.search(text):
        return UnusableCases(
            _("the executors' Python has no module {name}").format(name=missing[1]),
            _("ship an environment with brightline[spark] to them: docs/how-to/spark.md"),
        )
    if missing := _NO_PYTHON.search(text):
        return UnusableCases(
            _("the executors cannot start {program}").format(program=missing[1]),
            _("set spark.pyspark.python to a Python that is there on every machine"),
        )
    return UnusableCases(
        _("Spark could not finish: {error}").format(error=_gist(text)),
        _("what happened on the executors stands in their logs"),
    )


def _gist(text: str, most: int = 400) -> str:
    """The lines of an error before its stack."""
    lines = [line.strip() for line in text.splitlines()]
    plain = [line for line in lines if line and not line.startswith(("at ", "File ", "Traceback"))]
    gist = " ".join(plain)
    return gist if len(gist) <= most else gist[:most] + "…"
