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
    CASES_CASE_READ = "cases:case:read"
    CASES_CASE_RECEIVE = "cases:case:receive"
    CASES_TASK_WORK = "cases:task:work"
    DELIVERY_HOOK_MANAGE = "delivery:hook:manage"
    ESCALATIONS_CASE_SETTLE = "escalations:case:settle"
    ESCALATIONS_QUESTION_ANSWER = "escalations:question:answer"
    ESCALATIONS_PRECEDENT_READ = "escalations:precedent:read"
    PILOTS_PILOT_MANAGE = "pilots:pilot:manage"
    PILOTS_PILOT_READ = "pilots:pilot:read"
    QUEUES_QUEUE_MANAGE = "queues:queue:manage"
    QUEUES_QUEUE_WATCH = "queues:queue:watch"
    RULEBOOKS_RELEASE_PUBLISH = "rulebooks:release:publish"
    RULEBOOKS_RELEASE_READ = "rulebooks:release:read"
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
    Permission.CASES_CASE_READ: N_("read cases and their decisions"),
    Permission.CASES_CASE_RECEIVE: N_("bring cases in"),
    Permission.CASES_TASK_WORK: N_("work on cases from the queues"),
    Permission.DELIVERY_HOOK_MANAGE: N_("manage webhooks and see deliveries"),
    Permission.ESCALATIONS_CASE_SETTLE: N_("settle a case that the rules leave to people"),
    Permission.ESCALATIONS_QUESTION_ANSWER: N_("answer escalated questions"),
    Permission.ESCALATIONS_PRECEDENT_READ: N_("read precedents"),
    Permission.PILOTS_PILOT_MANAGE: N_("try drafts of rulebooks beside the one in force"),
    Permission.PILOTS_PILOT_READ: N_("see how drafts of rulebooks do"),
    Permission.QUEUES_QUEUE_MANAGE: N_("pause queues and move cases between them"),
    Permission.QUEUES_QUEUE_WATCH: N_("watch the queues"),
    Permission.RULEBOOKS_RELEASE_PUBLISH: N_("publish a rulebook"),
    Permission.RULEBOOKS_RELEASE_READ: N_("read the rulebooks"),
    Permission.SELLERS_SELLER_READ: N_("read a seller's history"),
    Permission.SELLERS_STATEMENT_EXPORT: N_("export statements of reasons"),
    Permission.UNDERSTANDING_BOARD_READ: N_("see who has read and understood new rules"),
    Permission.UNDERSTANDING_NOTICE_SEND: N_("write and send notices of new rules"),
}


def in_words(permission: Permission) -> str:
    """What a permission lets one do, in the language in force: `decide appeals`."""
    return _(SENTENCES[permission])
