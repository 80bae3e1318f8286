"""What the build adds: compiled catalogues always; rulebooks and samples when it makes a wheel.

Run as a script (`python hatch_build.py`) it only compiles the catalogues.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

BUNDLED = ("rulebooks", "samples")
"""Folders of the repository that an installed `brightline demo` needs; see `brightline.paths`."""


def compile_catalogues(root: Path) -> None:
    """Write a `.mo` beside every `.po` under the package; fuzzy translations stay out of it."""
    for po in sorted(root.glob("src/brightline/locale/*/LC_MESSAGES/*.po")):
        with po.open("rb") as source:
            catalogue = read_po(source, locale=po.parts[-3], domain=po.stem)
        # Renamed when whole: a reader, or an interrupted build, never meets half a catalogue.
        unfinished = po.with_suffix(f".mo.{os.getpid()}")
        with unfinished.open("wb") as target:
            write_mo(target, catalogue)
        unfinished.replace(po.with_suffix(".mo"))


class BuildHook(BuildHookInterface[Any]):
    """Runs before hatchling gathers the files of a wheel, real or editable."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile, and put what is bundled into a real wheel; an editable one has none."""
        compile_catalogues(Path(self.root))
        if version == "standard":
            for folder in BUNDLED:
                if Path(self.root, folder).is_dir():
                    build_data["force_include"][folder] = f"brightline/_data/{folder}"


if __name__ == "__main__":
    compile_catalogues(Path(__file__).resolve().parent)
