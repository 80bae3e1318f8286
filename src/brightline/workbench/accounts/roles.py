"""The roles, and what each may do. What is not named here is denied."""

from __future__ import annotations

from enum import StrEnum

from brightline.i18n import N_, _
from brightline.workbench.accounts.permissions import Permission

P = Permission


class Role(StrEnum):
    """A part that a person plays, in the trade's words."""

    MODERATOR = "moderator"
    SENIOR = "senior"
    QUALITY = "quality"
    TRAINER = "trainer"
    AUTHOR = "author"
    LEGAL = "legal"
    LEAD = "lead"
    MANAGER = "manager"
    ADMIN = "admin"
    SERVICE = "service"


TITLES = {
    Role.MODERATOR: N_("Moderator"),
    Role.SENIOR: N_("Senior moderator"),
    Role.QUALITY: N_("Quality analyst"),
    Role.TRAINER: N_("Trainer"),
    Role.AUTHOR: N_("Policy author"),
    Role.LEGAL: N_("Legal specialist"),
    Role.LEAD: N_("Market lead"),
    Role.MANAGER: N_("Programme manager"),
    Role.ADMIN: N_("Administrator"),
    Role.SERVICE: N_("Service"),
}

_EVERYONE = frozenset({P.ACCOUNTS_SELF_MANAGE, P.DESK_REQUEST_MAKE, P.RULEBOOKS_RELEASE_READ})
_READS = frozenset(
    {P.CASES_CASE_READ, P.ESCALATIONS_PRECEDENT_READ, P.QUEUES_QUEUE_WATCH, P.SELLERS_SELLER_READ}
)
_WORKS = frozenset(
    {
        P.CASES_TASK_WORK,
        P.CASES_CASE_READ,
        P.ESCALATIONS_PRECEDENT_READ,
        P.SELLERS_SELLER_READ,
    }
)
_REVIEWS = frozenset({P.DESK_REQUEST_READ, P.DRAFTS_DRAFT_COMMENT, P.DRAFTS_DRAFT_READ})
_WRITES = _REVIEWS | {P.DESK_REQUEST_MANAGE, P.DRAFTS_DRAFT_WRITE}
"""Of drafts of the rulebook, and of the requests behind them."""
_SENIOR = (
    _WORKS
    | _REVIEWS
    | {
        P.ESCALATIONS_QUESTION_ANSWER,
        P.APPEALS_APPEAL_DECIDE,
        P.APPEALS_APPEAL_READ,
        P.QUEUES_QUEUE_WATCH,
    }
)

ALLOWED: dict[Role, frozenset[Permission]] = {
    Role.MODERATOR: _EVERYONE | _WORKS,
    Role.SENIOR: _EVERYONE | _SENIOR,
    Role.QUALITY: _EVERYONE
    | _READS
    | _REVIEWS
    | {
        P.APPEALS_APPEAL_READ,
        P.AUDIT_EVENT_READ,
        P.BACKTESTS_REPORT_READ,
        P.PILOTS_PILOT_READ,
        P.RULEBOOKS_RELEASE_SIGN,
        P.UNDERSTANDING_BOARD_READ,
    },
    Role.TRAINER: _EVERYONE
    | _REVIEWS
    | {P.CASES_CASE_READ, P.ESCALATIONS_PRECEDENT_READ, P.UNDERSTANDING_BOARD_READ},
    Role.AUTHOR: _EVERYONE
    | _READS
    | _WRITES
    | {
        P.APPEALS_APPEAL_READ,
        P.BACKTESTS_REPORT_MAKE,
        P.BACKTESTS_REPORT_READ,
        P.ESCALATIONS_QUESTION_ANSWER,
        P.PILOTS_PILOT_READ,
        P.UNDERSTANDING_BOARD_READ,
    },
    Role.LEGAL: _EVERYONE
    | _READS
    | _REVIEWS
    | {
        P.ESCALATIONS_CASE_SETTLE,
        P.ESCALATIONS_QUESTION_ANSWER,
        P.APPEALS_APPEAL_READ,
        P.APPEALS_APPEAL_DECIDE,
        P.BACKTESTS_REPORT_READ,
        P.RULEBOOKS_RELEASE_SIGN,
        P.SELLERS_STATEMENT_EXPORT,
        P.CASES_TASK_WORK,
    },
    Role.LEAD: _EVERYONE
    | _READS
    | _REVIEWS
    | {
        P.APPEALS_APPEAL_READ,
        P.AUDIT_EVENT_READ,
        P.BACKTESTS_REPORT_MAKE,
        P.BACKTESTS_REPORT_READ,
        P.QUEUES_QUEUE_MANAGE,
        P.RULEBOOKS_RELEASE_PUBLISH,
        P.RULEBOOKS_RELEASE_SIGN,
        P.RULEBOOKS_RELEASE_SWEEP,
        P.SELLERS_STATEMENT_EXPORT,
        P.PILOTS_PILOT_MANAGE,
        P.PILOTS_PILOT_READ,
        P.UNDERSTANDING_BOARD_READ,
        P.UNDERSTANDING_NOTICE_SEND,
    },
    Role.MANAGER: _EVERYONE
    | _READS
    | _WRITES
    | {
        P.APPEALS_APPEAL_READ,
        P.AUDIT_EVENT_READ,
        P.BACKTESTS_REPORT_MAKE,
        P.BACKTESTS_REPORT_READ,
        P.CASES_CASE_RECEIVE,
        P.DELIVERY_HOOK_MANAGE,
        P.ESCALATIONS_QUESTION_ANSWER,
        P.QUEUES_QUEUE_MANAGE,
        P.RULEBOOKS_RELEASE_PUBLISH,
        P.RULEBOOKS_RELEASE_SIGN,
        P.RULEBOOKS_RELEASE_SWEEP,
        P.SELLERS_STATEMENT_EXPORT,
        P.PILOTS_PILOT_MANAGE,
        P.PILOTS_PILOT_READ,
        P.UNDERSTANDING_BOARD_READ,
        P.UNDERSTANDING_NOTICE_SEND,
    },
    Role.ADMIN: _EVERYONE
    | {
        P.ACCOUNTS_GRANT_GIVE,
        P.ACCOUNTS_KEY_MANAGE,
        P.ACCOUNTS_PERSON_MANAGE,
        P.AUDIT_EVENT_READ,
        P.DELIVERY_HOOK_MANAGE,
        P.QUEUES_QUEUE_WATCH,
    },
    Role.SERVICE: frozenset(
        {
            P.CASES_CASE_RECEIVE,
            P.CASES_CASE_READ,
            P.QUEUES_QUEUE_WATCH,
            P.RULEBOOKS_RELEASE_PUSH,
            P.RULEBOOKS_RELEASE_READ,
            P.SELLERS_STATEMENT_EXPORT,
        }
    ),
}


def title(role: Role) -> str:
    """What a role is called, in the language in force."""
    return _(TITLES[role])


def roles_with(permission: Permission) -> list[Role]:
    """The roles that have a permission, in the order of the list."""
    return [role for role in Role if permission in ALLOWED[role]]
