"""Texts of a file that one language was left behind in; and those that stay, on someone's word."""

from __future__ import annotations

from dataclasses import dataclass

from brightline.i18n import _
from brightline.workbench.drafts.form.facts import Data, readable
from brightline.workbench.drafts.form.sides import Looking, Place, late_places
from brightline.workbench.drafts.models import Draft, Stays
from brightline.workbench.drafts.texts import texts_of
from brightline.workbench.rulebooks.times import short_at

LANGUAGES = ("vi", "en")


@dataclass(frozen=True, slots=True)
class Behind:
    """One language of a text that says what it said, though another one changed."""

    place: Place
    at: str
    """What is selected to see it: `clause:EC-1`."""

    @property
    def words(self) -> str:
        """Where it is: `EC-1 · notice (en)`."""
        return f"{' · '.join(self.place[:-1])} ({self.place[-1]})"


def fine_in(draft: Draft, path: str) -> dict[str, str]:
    """The texts of a file that need no change, by their marks: who said so, and when."""
    said = _("{who}, {when}: needs no change")
    return {
        one.mark: said.format(who=one.by, when=short_at(one.at))
        for one in Stays.objects.filter(draft=draft, path=path).select_related("by")
    }


def behind(now: Data, before: Data | None, looking: Looking) -> tuple[Behind, ...]:
    """Every text of a file that was left behind, each place once, in file order."""
    if before is None:
        return ()
    found = dict.fromkeys(late_places(now, before, looking))
    return tuple(Behind(place, _selects(place)) for place in found)


def behind_in(draft: Draft) -> dict[str, tuple[Behind, ...]]:
    """The same for every file of a draft that changed, by its path; files with none left out."""
    paths = [
        path
        for path, digest in draft.files.items()
        if path in draft.base_files and draft.base_files[path] != digest and path.endswith(".yaml")
    ]
    now = texts_of({path: draft.files[path] for path in paths})
    was = texts_of({path: draft.base_files[path] for path in paths})
    found = {}
    for path in sorted(paths):
        looking = Looking(list(LANGUAGES), fine_in(draft, path))
        if late := behind(readable(now[path]) or {}, readable(was[path]) or {}, looking):
            found[path] = late
    return found


def _selects(place: Place) -> str:
    kinds = {"clauses": "clause", "facts": "fact", "examples": "example", "law": "law"}
    kind = kinds.get(place[0])
    return f"{kind}:{place[1]}" if kind and len(place) > 1 else "sop"
