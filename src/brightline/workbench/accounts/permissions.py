"""What can be permitted. The one list: a view or an endpoint names exactly one of these.

A permission is `<room>:<thing>:<deed>`, in alphabetical order. Adding one means naming the roles
that have it (`roles.py`) and its sentence here; tests hold both complete.
"""

from __future__ import annotations

from enum import StrEnum

from brightline.i18n import N_, _


class Permission(StrEnum):
    """A deed that may be allowed."""

    ACCOUNTS_GRANT_GIVE = "accounts:grant:give"
    ACCOUNTS_KEY_MANAGE = "accounts:key:manage"
    ACCOUNTS_PERSON_MANAGE = "accounts:person:manage"
    ACCOUNTS_SELF_MANAGE = "accounts:self:manage"
    APPEALS_APPEAL_DECIDE = "appeals:appeal:decide"
    APPEALS_APPEAL_READ = "appeals:appeal:read"
    AUDIT_EVENT_READ = "audit:event:read"
    BACKTESTS_REPORT_MAKE = "backtests:report:make"
    BACKTESTS_REPORT_READ = "backtests:report:read"
    CASES_CASE_READ = "cases:case:read"
    CASES_CASE_RECEIVE = "cases:case:receive"
    CASES_TASK_WORK = "cases:task:work"
    DELIVERY_HOOK_MANAGE = "delivery:hook:manage"
    DESK_REQUEST_MAKE = "desk:request:make"
    DESK_REQUEST_MANAGE = "desk:request:manage"
    DESK_REQUEST_READ = "desk:request:read"
    DRAFTS_DRAFT_COMMENT = "drafts:draft:comment"
    DRAFTS_DRAFT_READ = "drafts:draft:read"
    DRAFTS_DRAFT_WRITE = "drafts:draft:write"
    ESCALATIONS_CASE_SETTLE = "escalations:case:settle"
    ESCALATIONS_QUESTION_ANSWER = "escalations:question:answer"
    ESCALATIONS_PRECEDENT_READ = "escalations:precedent:read"
    PILOTS_PILOT_MANAGE = "pilots:pilot:manage"
    PILOTS_PILOT_READ = "pilots:pilot:read"
    QUEUES_QUEUE_MANAGE = "queues:queue:manage"
    QUEUES_QUEUE_WATCH = "queues:queue:watch"
    RULEBOOKS_RELEASE_PUBLISH = "rulebooks:release:publish"
    RULEBOOKS_RELEASE_PUSH = "rulebooks:release:push"
    RULEBOOKS_RELEASE_READ = "rulebooks:release:read"
    RULEBOOKS_RELEASE_SIGN = "rulebooks:release:sign"
    RULEBOOKS_RELEASE_SWEEP = "rulebooks:release:sweep"
    SELLERS_SELLER_READ = "sellers:seller:read"
    SELLERS_STATEMENT_EXPORT = "sellers:statement:export"
    UNDERSTANDING_BOARD_READ = "understanding:board:read"
    UNDERSTANDING_NOTICE_SEND = "understanding:notice:send"


SENTENCES = {
    Permission.ACCOUNTS_GRANT_GIVE: N_("give people roles and take them away"),
    Permission.ACCOUNTS_KEY_MANAGE: N_("make and withdraw keys for the API"),
    Permission.ACCOUNTS_PERSON_MANAGE: N_("add people and close their accounts"),
    Permission.ACCOUNTS_SELF_MANAGE: N_("change their own settings"),
    Permission.APPEALS_APPEAL_DECIDE: N_("decide appeals"),
    Permission.APPEALS_APPEAL_READ: N_("read appeals"),
    Permission.AUDIT_EVENT_READ: N_("read the audit log"),
    Permission.BACKTESTS_REPORT_MAKE: N_("test versions of the rulebook on past cases"),
    Permission.BACKTESTS_REPORT_READ: N_("read reports of back-tests"),
    Permission.CASES_CASE_READ: N_("read cases and their decisions"),
    Permission.CASES_CASE_RECEIVE: N_("bring cases in"),
    Permission.CASES_TASK_WORK: N_("work on cases from the queues"),
    Permission.DELIVERY_HOOK_MANAGE: N_("manage webhooks and see deliveries"),
    Permission.DESK_REQUEST_MAKE: N_("ask for a change of the rules"),
    Permission.DESK_REQUEST_MANAGE: N_("handle requests for a change of the rules"),
    Permission.DESK_REQUEST_READ: N_("read requests for a change of the rules"),
    Permission.DRAFTS_DRAFT_COMMENT: N_("comment on drafts of the rulebook"),
    Permission.DRAFTS_DRAFT_READ: N_("read drafts of the rulebook"),
    Permission.DRAFTS_DRAFT_WRITE: N_("write drafts of the rulebook"),
    Permission.ESCALATIONS_CASE_SETTLE: N_("settle a case that the rules leave to people"),
    Permission.ESCALATIONS_QUESTION_ANSWER: N_("answer escalated questions"),
    Permission.ESCALATIONS_PRECEDENT_READ: N_("read precedents"),
    Permission.PILOTS_PILOT_MANAGE: N_("try drafts of rulebooks beside the one in force"),
    Permission.PILOTS_PILOT_READ: N_("see how drafts of rulebooks do"),
    Permission.QUEUES_QUEUE_MANAGE: N_("pause queues and move cases between them"),
    Permission.QUEUES_QUEUE_WATCH: N_("watch the queues"),
    Permission.RULEBOOKS_RELEASE_PUBLISH: N_("publish a rulebook"),
    Permission.RULEBOOKS_RELEASE_PUSH: N_("publish a rulebook by program"),
    Permission.RULEBOOKS_RELEASE_READ: N_("read the rulebooks"),
    Permission.RULEBOOKS_RELEASE_SIGN: N_("sign versions of the rulebook"),
    Permission.RULEBOOKS_RELEASE_SWEEP: N_("look at cases again under a release"),
    Permission.SELLERS_SELLER_READ: N_("read a seller's history"),
    Permission.SELLERS_STATEMENT_EXPORT: N_("export statements of reasons"),
    Permission.UNDERSTANDING_BOARD_READ: N_("see who has read and understood new rules"),
    Permission.UNDERSTANDING_NOTICE_SEND: N_("write and send notices of new rules"),
}


def in_words(permission: Permission) -> str:
    """What a permission lets one do, in the language in force: `decide appeals`."""
    return _(SENTENCES[permission])
