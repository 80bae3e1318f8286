"""The menu: each room's door, in the order of a working day. A room that is not built has none."""

from __future__ import annotations

from dataclasses import dataclass

from brightline.i18n import N_
from brightline.workbench.accounts.permissions import Permission


@dataclass(frozen=True, slots=True)
class Place:
    """A door: the name of its address, its words, and the permission that opens it."""

    name: str
    words: str
    permission: Permission


PLACES = (
    Place("console", N_("Review"), Permission.CASES_TASK_WORK),
    Place("cases", N_("Cases"), Permission.CASES_CASE_READ),
    Place("queues", N_("Queues"), Permission.QUEUES_QUEUE_WATCH),
    Place("my_questions", N_("My questions"), Permission.CASES_TASK_WORK),
    Place("questions", N_("Handed up"), Permission.ESCALATIONS_QUESTION_ANSWER),
    Place("appeals", N_("Appeals"), Permission.APPEALS_APPEAL_READ),
    Place("sellers", N_("Sellers"), Permission.SELLERS_SELLER_READ),
    Place("precedents", N_("Precedents"), Permission.ESCALATIONS_PRECEDENT_READ),
    Place("backtests", N_("Back-tests"), Permission.BACKTESTS_REPORT_READ),
    Place("requests", N_("Requests"), Permission.DESK_REQUEST_READ),
    Place("drafts", N_("Drafts"), Permission.DRAFTS_DRAFT_READ),
    Place("approvals", N_("Approvals"), Permission.RULEBOOKS_RELEASE_SIGN),
    Place("releases", N_("Releases"), Permission.RULEBOOKS_RELEASE_READ),
    Place("upkeep", N_("Upkeep"), Permission.DESK_REQUEST_READ),
    Place("uploads", N_("Uploads"), Permission.CASES_CASE_RECEIVE),
    Place("notices", N_("Notices"), Permission.CASES_TASK_WORK),
    Place("briefings", N_("New rules"), Permission.UNDERSTANDING_BOARD_READ),
    Place("people", N_("People"), Permission.ACCOUNTS_PERSON_MANAGE),
    Place("events", N_("Log"), Permission.AUDIT_EVENT_READ),
    Place("hooks", N_("Webhooks"), Permission.DELIVERY_HOOK_MANAGE),
    Place("keys", N_("API keys"), Permission.ACCOUNTS_KEY_MANAGE),
)
