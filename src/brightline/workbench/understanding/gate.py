"""The gate before the queues: who has not understood what changed gets no tasks of that queue.

Asked at every claim. Where no notice binds, or the person is known to have passed, it asks the
database nothing; else one query.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse

from brightline.i18n import _
from brightline.workbench.accounts.models import User
from brightline.workbench.cases.gates import Bar, Pair
from brightline.workbench.understanding.announced import closed_to
from brightline.workbench.understanding.current import binding, waiting_for


def barred(person: User, pairs: Sequence[Pair]) -> dict[Pair, Bar]:
    """The queues whose new rules a person has yet to read, with the page of the notice."""
    bound, shut = binding(pairs), _announced(person, pairs)
    if not bound:
        return shut
    open_ = waiting_for(person.pk, [one.notice for one in bound.values()])
    if not open_:
        return shut
    words = _("new rules: read and pass the quiz first")
    return shut | {
        pair: Bar(words, reverse("notice", args=[one.notice]))
        for pair, one in bound.items()
        if one.notice in open_
    }


def _announced(person: User, pairs: Sequence[Pair]) -> dict[Pair, Bar]:
    """The queues where the rules from before apply again, which a person has yet to read."""
    words = _("the rules from before apply again: read the notice first")
    return {
        pair: Bar(words, reverse("announcement", args=[pk]))
        for pair, pk in closed_to(person.pk, pairs).items()
    }
