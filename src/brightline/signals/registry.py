"""The signals there are: ours, and those of packages that register theirs.

A package offers signals through the entry-point group `brightline.signals`: a module or object
with a function `brightline_signals()` marked `@signal_hook`. One that cannot be loaded is left
out and named in `refused`; it stops nothing.
"""

from __future__ import annotations

import logging
from functools import cache
from importlib import metadata
from typing import TYPE_CHECKING, Any

import pluggy

if TYPE_CHECKING:
    from brightline.signals.spec import Signal

PROJECT = "brightline"
GROUP = "brightline.signals"

signal_hook = pluggy.HookimplMarker(PROJECT)
_spec = pluggy.HookspecMarker(PROJECT)
_log = logging.getLogger(__name__)


class Hooks:
    """What a plug-in may implement."""

    @_spec
    def brightline_signals(self) -> list[Signal]:
        """The signals it offers; their names must not be taken."""
        raise NotImplementedError


class Registry:
    """The signals known, by name. `refused` says in a log's words what was left out and why."""

    def __init__(self) -> None:
        self._plugins = pluggy.PluginManager(PROJECT)
        self._plugins.add_hookspecs(Hooks)
        self._signals: dict[str, Signal] = {}
        self.refused: list[str] = []
        for signal in _built_in():
            self._add(signal, "brightline")

    @property
    def signals(self) -> dict[str, Signal]:
        """Name → signal: ours first, then in the order they were registered."""
        return dict(self._signals)

    def register(self, plugin: object, name: str | None = None) -> None:
        """Adds the signals of a plug-in; what is wrong with it ends up in `refused`."""
        try:
            known = self._plugins.register(plugin, name)
            offered: list[Signal] = []
            for impl in self._plugins.hook.brightline_signals.get_hookimpls():
                if impl.plugin_name == known:
                    function: Any = impl.function
                    offered += function()
        except Exception as error:  # noqa: BLE001 - a plug-in's
            self._refuse(str(name or plugin), error)
            return
        for signal in offered:
            self._add(signal, str(known))

    def load_installed(self) -> None:
        """Adds the signals of installed packages."""
        for entry in metadata.entry_points(group=GROUP):
            try:
                plugin: Any = entry.load()
            except Exception as error:  # noqa: BLE001 - a plug-in's
                self._refuse(entry.name, error)
            else:
                self.register(plugin, entry.name)

    def _add(self, signal: Signal, plugin: str) -> None:
        name = getattr(signal, "name", None)
        if not isinstance(name, str) or not callable(getattr(signal, "prepare", None)):
            self._refuse(plugin, TypeError(f"{signal!r} is no signal"))
        elif name in self._signals:
            self._refuse(plugin, ValueError(f"there is a signal named {name!r} already"))
        else:
            self._signals[name] = signal

    def _refuse(self, plugin: str, error: Exception) -> None:
        self.refused.append(f"{plugin}: {type(error).__name__}: {error}")
        _log.warning("signal plug-in left out: %s", self.refused[-1])


def _built_in() -> list[Signal]:
    """Ours. One that cannot be imported ends the program: without it rules would go blind."""
    from brightline.signals.attribute import Attribute
    from brightline.signals.claims.signal import ClaimsSignal
    from brightline.signals.contact.signal import ContactSignal
    from brightline.signals.lexicon import Lexicon
    from brightline.signals.number import Number
    from brightline.signals.papers.signal import Papers
    from brightline.signals.price_level.signal import PriceLevel

    return [
        Attribute(),
        Lexicon(),
        Number(),
        ContactSignal(),
        ClaimsSignal(),
        PriceLevel(),
        Papers(),
    ]


@cache
def registry() -> Registry:
    """The registry of this process, with installed packages; made at the first call."""
    known = Registry()
    known.load_installed()
    return known
