"""The menu: each room's door, in the order of a working day. A room that is not built has none."""

from __future__ import annotations

from dataclasses import dataclass

from brightline.i18n import N_
from brightline.workbench.accounts.permissions import Permission

WORK, POLICY, OFFICE = N_("Cases and sellers"), N_("Policy"), N_("Office")
"""The areas that the doors are grouped by where a person has many."""


@dataclass(frozen=True, slots=True)
class Place:
    """A door: the name of its address, its words, the permission that opens it, its area; what lies
    behind the address `also` is behind this door too, for whom no other is nearer."""

    name: str
    words: str
    permission: Permission
    area: str = WORK
    also: str = ""


PLACES = (
    Place("console", N_("Review"), Permission.CASES_TASK_WORK),
    Place("cases", N_("Cases"), Permission.CASES_CASE_READ),
    Place("queues", N_("Queues"), Permission.QUEUES_QUEUE_WATCH),
    Place("my_questions", N_("My questions"), Permission.CASES_TASK_WORK),
    Place("questions", N_("Handed up"), Permission.ESCALATIONS_QUESTION_ANSWER),
    Place("appeals", N_("Appeals"), Permission.APPEALS_APPEAL_READ),
    Place("sellers", N_("Sellers"), Permission.SELLERS_SELLER_READ),
    Place("precedents", N_("Precedents"), Permission.ESCALATIONS_PRECEDENT_READ),
    Place("my_requests", N_("My requests"), Permission.CASES_TASK_WORK),
    Place("notices", N_("Notices"), Permission.CASES_TASK_WORK),
    Place("requests", N_("Requests"), Permission.DESK_REQUEST_READ, POLICY),
    Place("drafts", N_("Drafts"), Permission.DRAFTS_DRAFT_READ, POLICY),
    Place("approvals", N_("Approvals"), Permission.RULEBOOKS_RELEASE_SIGN, POLICY),
    Place("releases", N_("Releases"), Permission.RULEBOOKS_RELEASE_READ, POLICY),
    Place("briefings", N_("New rules"), Permission.UNDERSTANDING_BOARD_READ, POLICY, "notices"),
    Place("pilots", N_("Pilots"), Permission.PILOTS_PILOT_READ, POLICY),
    Place("backtests", N_("Back-tests"), Permission.BACKTESTS_REPORT_READ, POLICY),
    Place("upkeep", N_("Upkeep"), Permission.DESK_REQUEST_READ, POLICY),
    Place("uploads", N_("Uploads"), Permission.CASES_CASE_RECEIVE, OFFICE),
    Place("people", N_("People"), Permission.ACCOUNTS_PERSON_MANAGE, OFFICE),
    Place("events", N_("Log"), Permission.AUDIT_EVENT_READ, OFFICE),
    Place("hooks", N_("Webhooks"), Permission.DELIVERY_HOOK_MANAGE, OFFICE),
    Place("keys", N_("API keys"), Permission.ACCOUNTS_KEY_MANAGE, OFFICE),
)
