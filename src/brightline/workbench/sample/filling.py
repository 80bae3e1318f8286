"""Fill an empty installation with the demonstration: rulebook, team, cases, two weeks of work."""

from __future__ import annotations

import random as chance
from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random

from django.db import transaction

from brightline.paths import bundled_rulebook
from brightline.rulebook.reading import read
from brightline.workbench import clock
from brightline.workbench.cases.models import Market
from brightline.workbench.drafts.actions.publish_folder import publish_folder
from brightline.workbench.sample import context
from brightline.workbench.sample.arrivals import arrivals, beginning
from brightline.workbench.sample.models import Filling
from brightline.workbench.sample.people import add_team
from brightline.workbench.sample.stock import golden_cases, sample_cases
from brightline.workbench.sample.team import MARKET
from brightline.workbench.sample.weeks import Weeks

CASES = 1_600
SEED = 20_261
_ACTS_A_COMMIT = 150

Progress = Callable[[int, int], None]


class NotEmpty(Exception):
    """There are people or cases here already: made-up ones are never mixed with real ones."""


def fill(upto: datetime, cases: int = CASES, progress: Progress = lambda _n, _of: None) -> Filling:
    """Fill an empty installation with `cases` cases of the two weeks before `upto`.

    `progress` is told how many cases came in, and of how many. The same moment gives the same
    cases, people and answers. Raises `NotEmpty`.
    """
    from brightline.workbench.accounts.models import User

    if User.objects.exists():
        raise NotEmpty
    random = Random(SEED)
    before = chance.getstate()
    chance.seed(SEED)  # the actions draw their samples from the common one
    try:
        return _filled(upto, cases, random, progress)
    finally:
        chance.setstate(before)
        context.forget()


def _filled(upto: datetime, cases: int, random: Random, progress: Progress) -> Filling:
    folder = bundled_rulebook()
    start = beginning(upto)
    with clock.at(start - timedelta(hours=2)), transaction.atomic():
        filling = Filling.objects.create(begun_at=clock.now(), upto=upto)
        people = add_team()
        publish_folder(read(folder), folder, people["huong"], note="Bản mẫu để dùng thử")
        Market.objects.update_or_create(
            code=MARKET, defaults={"second_share": 0.15, "audit_share": 0.05}
        )
    weeks = Weeks(people, upto, random)
    acts = weeks.play(
        sample_cases(golden_cases(folder), cases, random), arrivals(cases, upto, random)
    )
    more = True
    while more:
        with transaction.atomic():  # many acts a commit: the disk is slow, the acts are many
            more = False
            for number, _cases in enumerate(acts, 1):
                if number == _ACTS_A_COMMIT:
                    more = True
                    break
        progress(weeks.counts["cases"], cases)
    filling.finished_at, filling.counts = upto, dict(weeks.counts)
    filling.save()
    return filling
