"""The reasons to skip a case."""

from __future__ import annotations

from brightline.i18n import N_

REASONS = (
    ("conflict", N_("I know the seller, or have a stake in it")),
    ("language", N_("I cannot read its language well enough")),
    ("broken", N_("Pictures or texts are missing or do not open")),
    ("distress", N_("It is too hard on me right now")),
    ("other", N_("Another reason (below)")),
)
"""What the form sends → words."""
