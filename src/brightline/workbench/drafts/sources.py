"""The files of releases: as they were published, else written anew from the canonical form."""

from __future__ import annotations

from collections.abc import Mapping

from brightline.rulebook.canonical import from_json
from brightline.workbench.drafts.models import Source
from brightline.workbench.drafts.texts import kept, texts_of
from brightline.workbench.rulebooks.models import Release


def keep_source(sha: str, files: Mapping[str, str]) -> Source:
    """Keep the files that make the rulebook `sha`; the same again is the one there is."""
    names = kept(files)
    last = Source.objects.filter(sha=sha).first()
    if last is not None and last.files == names:
        return last
    return Source.objects.create(sha=sha, files=names)


def digests_of(release: Release) -> dict[str, str]:
    """Path → digest of a release's files. One that was published without them gets them now."""
    found = Source.objects.filter(sha=release.sha).first()
    if found is None:
        found = keep_source(release.sha, _written(release))
    files: dict[str, str] = found.files
    return files


def files_of_release(release: Release) -> dict[str, str]:
    """Path → text of a release's files."""
    return texts_of(digests_of(release))


def _written(release: Release) -> dict[str, str]:
    from brightline.exchange.planning import plan

    return dict(plan(from_json(release.form), None, None).files)
