"""What is due when: reviews of SOPs, rechecks of law, rules that begin or end, releases."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from brightline.i18n import N_, _, language
from brightline.rulebook.model import Rulebook
from brightline.rulebook.telling_words import in_language
from brightline.workbench.rulebooks.in_force import spans
from brightline.workbench.rulebooks.models import Release
from brightline.workbench.rulebooks.times import VIETNAM

SOON, FAR = 30, 365
"""Days: what is due soon; what is not told yet."""

KINDS = {
    "review": N_("SOP to be reviewed"),
    "recheck": N_("Legal instrument to be checked again"),
    "effective": N_("Legal instrument takes effect"),
    "begins": N_("Rule begins to hold"),
    "ends": N_("Rule holds for the last day"),
    "scheduled": N_("Release takes effect"),
    "expires": N_("Release expires"),
    "sign": N_("Emergency release to be signed"),
}


@dataclass(frozen=True, slots=True)
class Due:
    """Something on a day. `owner` is a team's name in words; `sop` and `law` what it is about."""

    day: date
    kind: str
    what: str
    owner: str = ""
    sop: str = ""
    law: str = ""
    number: int = 0
    acts: bool = True
    """Whether someone has to do something; else it happens by itself."""

    @property
    def words(self) -> str:
        """What kind of thing it is, in the language in force."""
        return _(KINDS[self.kind])


def due(market: str, book: Rulebook, now: datetime) -> list[Due]:
    """Everything that is overdue and has to be done, and all that comes within a year, by day."""
    today = now.astimezone(VIETNAM).date()
    found = [*_sops(book), *_laws(book), *_releases(market, now)]
    return sorted(
        (one for one in found
         if (one.acts or one.day >= today) and (one.day - today).days <= FAR),
        key=lambda one: (one.day, one.kind, one.what),
    )  # fmt: skip


def _team(book: Rulebook, name: str) -> str:
    return in_language(book.teams[name], language(), name) if name in book.teams else name


def _sops(book: Rulebook) -> list[Due]:
    found = []
    for sop in book.sops:
        title, team = in_language(sop.title, language(), sop.sop), _team(book, sop.owner)
        found.append(Due(sop.review_by, "review", title, team, sop.sop))
        dated = [(sop.starts, sop.ends, title)]
        dated += [(c.starts, c.ends, f"{c.id} · {title}") for c in sop.clauses]
        for starts, ends, said in dated:
            if starts:
                found.append(Due(starts, "begins", said, team, sop.sop, acts=False))
            if ends:
                found.append(Due(ends, "ends", said, team, sop.sop, acts=False))
    return found


def _laws(book: Rulebook) -> list[Due]:
    found = []
    for name, law in book.law.items():
        cite, team = in_language(law.cite, language(), name), _team(book, law.owner)
        found.append(Due(law.recheck_by, "recheck", cite, team, law=name))
        if law.effective:
            found.append(Due(law.effective, "effective", cite, team, law=name, acts=False))
    return found


def _releases(market: str, now: datetime) -> list[Due]:
    found = []
    for release in {s.release for s in spans(market) if s.release}:
        said = _("Release {n}").format(n=release.number)
        more = {"what": said, "number": release.number, "acts": False}
        if release.effective_at > now:
            day = release.effective_at.astimezone(VIETNAM).date()
            found.append(Due(day, "scheduled", **more))  # type: ignore[arg-type]
        if release.expires_at and release.expires_at > now:
            day = release.expires_at.astimezone(VIETNAM).date()
            found.append(Due(day, "expires", **more))  # type: ignore[arg-type]
    for release in Release.objects.filter(market=market, emergency=True, ratification=None):
        if release.sign_by:
            day = release.sign_by.astimezone(VIETNAM).date()
            said = _("Release {n}").format(n=release.number)
            found.append(Due(day, "sign", said, number=release.number))
    return found
