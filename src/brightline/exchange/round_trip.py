"""Small pieces of YAML through ruamel and back, written as our rulebooks write them."""

from __future__ import annotations

from ruamel.yaml import YAML
from ruamel.yaml.emitter import RoundTripEmitter


class _Emitter(RoundTripEmitter):
    """Keeps the braces of a mapping with one key inside a list: `[{under: health}]`."""

    def expect_flow_mapping(
        self, single: bool | None = False, force_flow_indent: bool | None = False
    ) -> None:
        """As ever, but for the braces."""
        super().expect_flow_mapping(single=False, force_flow_indent=force_flow_indent)


def yaml() -> YAML:
    """A reader and writer that keeps quotes, comments and order. New for each use: it has state."""
    made = YAML(typ="rt")
    made.Emitter = _Emitter
    made.preserve_quotes = True
    made.width = 1_000_000
    made.allow_unicode = True
    made.indent(mapping=2, sequence=4, offset=2)
    return made
