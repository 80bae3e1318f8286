"""The kinds of event: `<thing>.<what became of it>`, in alphabetical order.

Webhooks, reports and the audit pages name events by these; a kind never changes its meaning.
"""

from __future__ import annotations

from enum import StrEnum

from brightline.i18n import N_, _


class EventKind(StrEnum):
    """What happened."""

    ACCOUNT_LIMITED = "account.limited"
    ACCOUNT_RESTORED = "account.restored"
    APPEAL_DECIDED = "appeal.decided"
    APPEAL_FILED = "appeal.filed"
    BACKTEST_ASKED = "backtest.asked"
    BACKTEST_MADE = "backtest.made"
    CASES_EXPORTED = "cases.exported"
    CASE_AUTOMATIC = "case.decided_automatically"
    CASE_DECIDED = "case.decided"
    CASE_RECEIVED = "case.received"
    CASE_REQUEUED = "case.requeued"
    CHANNEL_ADDED = "channel.added"
    CHANNEL_CHANGED = "channel.changed"
    DRAFT_CLOSED = "draft.closed"
    DRAFT_COMMENTED = "draft.commented"
    DRAFT_EDITED = "draft.edited"
    DRAFT_OPENED = "draft.opened"
    DRAFT_STATE = "draft.state_changed"
    DRAFT_TEXT_LEFT = "draft.text_left"
    ESCALATION_ANSWERED = "escalation.answered"
    ESCALATION_ASKED = "escalation.asked"
    FILE_UPLOADED = "file.uploaded"
    GATE_LIFTED = "gate.lifted"
    GRANT_GIVEN = "grant.given"
    GRANT_TAKEN = "grant.taken"
    HOOK_ADDED = "hook.added"
    HOOK_CHANGED = "hook.changed"
    KEY_MADE = "key.made"
    KEY_WITHDRAWN = "key.withdrawn"
    MARKET_CHANGED = "market.changed"
    NOTICE_ANNOUNCED = "notice.announced"
    NOTICE_CHANGED = "notice.changed"
    NOTICE_SENT = "notice.sent"
    NOTICE_WITHDRAWN = "notice.withdrawn"
    PERSON_ADDED = "person.added"
    PERSON_CHANGED = "person.changed"
    PICTURES_ADDED = "case.pictures_added"
    PILOT_BEGUN = "pilot.begun"
    PILOT_DROPPED = "pilot.dropped"
    PILOT_PROMOTED = "pilot.promoted"
    PILOT_STOPPED = "pilot.stopped"
    POINTS_ADDED = "points.added"
    POINTS_RETURNED = "points.returned"
    PRECEDENT_CHANGED = "precedent.changed"
    PRECEDENT_MADE = "precedent.made"
    QUEUE_PAUSED = "queue.paused"
    QUEUE_RESUMED = "queue.resumed"
    QUIZ_TAKEN = "quiz.taken"
    PUSH_DECLINED = "push.declined"
    PUSH_RECEIVED = "push.received"
    PUSH_RULE_CHANGED = "market.review_of_pushes_changed"
    READING_ACKNOWLEDGED = "reading.acknowledged"
    RELEASE_CANCELLED = "release.cancelled"
    RELEASE_PUBLISHED = "release.published"
    RELEASE_RATIFIED = "release.ratified"
    RELEASE_SIGNED = "release.signed"
    RELEASE_UNSIGNED = "release.signature_taken_back"
    REQUEST_CHANGED = "request.changed"
    REQUEST_MADE = "request.made"
    REQUEST_MERGED = "request.merged"
    SIGN_RULES_CHANGED = "market.rules_to_sign_changed"
    STATEMENT_MADE = "statement.made"
    STATEMENT_SENT = "statement.sent"
    SWEEP_BEGUN = "sweep.begun"
    SWEEP_CARRIED_OUT = "sweep.carried_out"
    SWEEP_DONE = "sweep.done"
    SWEEP_STOPPED = "sweep.stopped"
    TASK_CLAIMED = "task.claimed"
    TASK_DONE = "task.done"
    TASK_MOVED = "task.moved"
    TASK_RELEASED = "task.released"
    TASK_SKIPPED = "task.skipped"
    TASK_URGENCY = "task.urgency_changed"
    UNCLEAR_REPORTED = "rule.reported_unclear"


TITLES = {
    EventKind.ACCOUNT_LIMITED: N_("Seller account limited"),
    EventKind.ACCOUNT_RESTORED: N_("Seller account restored"),
    EventKind.APPEAL_DECIDED: N_("Appeal decided"),
    EventKind.APPEAL_FILED: N_("Appeal filed"),
    EventKind.BACKTEST_ASKED: N_("Back-test asked for"),
    EventKind.BACKTEST_MADE: N_("Back-test made"),
    EventKind.CASES_EXPORTED: N_("Decided cases exported to files"),
    EventKind.CASE_AUTOMATIC: N_("Case decided automatically"),
    EventKind.CASE_DECIDED: N_("Case decided"),
    EventKind.CASE_RECEIVED: N_("Case received"),
    EventKind.CASE_REQUEUED: N_("Case put back into a queue"),
    EventKind.CHANNEL_ADDED: N_("Group chat added"),
    EventKind.CHANNEL_CHANGED: N_("Group chat changed"),
    EventKind.DRAFT_CLOSED: N_("Draft closed"),
    EventKind.DRAFT_COMMENTED: N_("Draft commented on"),
    EventKind.DRAFT_EDITED: N_("Draft edited"),
    EventKind.DRAFT_OPENED: N_("Draft opened"),
    EventKind.DRAFT_STATE: N_("Draft moved on"),
    EventKind.DRAFT_TEXT_LEFT: N_("Translation left as it is, or not"),
    EventKind.ESCALATION_ANSWERED: N_("Escalated question answered"),
    EventKind.ESCALATION_ASKED: N_("Question escalated"),
    EventKind.FILE_UPLOADED: N_("File of cases uploaded"),
    EventKind.GATE_LIFTED: N_("Let into a queue without the quiz"),
    EventKind.GRANT_GIVEN: N_("Role given"),
    EventKind.GRANT_TAKEN: N_("Role taken away"),
    EventKind.HOOK_ADDED: N_("Webhook added"),
    EventKind.HOOK_CHANGED: N_("Webhook changed"),
    EventKind.KEY_MADE: N_("API key made"),
    EventKind.KEY_WITHDRAWN: N_("API key withdrawn"),
    EventKind.MARKET_CHANGED: N_("Market settings changed"),
    EventKind.NOTICE_ANNOUNCED: N_("Announcement sent"),
    EventKind.NOTICE_CHANGED: N_("Notice changed"),
    EventKind.NOTICE_SENT: N_("Notice sent"),
    EventKind.NOTICE_WITHDRAWN: N_("Notice withdrawn"),
    EventKind.PERSON_ADDED: N_("Person added"),
    EventKind.PERSON_CHANGED: N_("Person changed"),
    EventKind.PICTURES_ADDED: N_("Pictures added to a case"),
    EventKind.PILOT_BEGUN: N_("Draft of a rulebook being tried"),
    EventKind.PILOT_DROPPED: N_("Draft dropped"),
    EventKind.PILOT_PROMOTED: N_("Draft promoted"),
    EventKind.PILOT_STOPPED: N_("Trial of a draft stopped"),
    EventKind.POINTS_ADDED: N_("Points added"),
    EventKind.POINTS_RETURNED: N_("Points returned"),
    EventKind.PRECEDENT_CHANGED: N_("Precedent changed"),
    EventKind.PRECEDENT_MADE: N_("Precedent made"),
    EventKind.QUEUE_PAUSED: N_("Queue paused"),
    EventKind.QUEUE_RESUMED: N_("Queue resumed"),
    EventKind.QUIZ_TAKEN: N_("Quiz taken"),
    EventKind.PUSH_DECLINED: N_("Pushed rulebook declined"),
    EventKind.PUSH_RECEIVED: N_("Pushed rulebook waits for signatures"),
    EventKind.PUSH_RULE_CHANGED: N_("Where pushed rulebooks are reviewed changed"),
    EventKind.READING_ACKNOWLEDGED: N_("Notice read"),
    EventKind.RELEASE_CANCELLED: N_("Release cancelled"),
    EventKind.RELEASE_PUBLISHED: N_("Rulebook published"),
    EventKind.RELEASE_RATIFIED: N_("Emergency release approved afterwards"),
    EventKind.RELEASE_SIGNED: N_("Version of the rulebook signed"),
    EventKind.RELEASE_UNSIGNED: N_("Signature taken back"),
    EventKind.REQUEST_CHANGED: N_("Request changed"),
    EventKind.REQUEST_MADE: N_("Request received"),
    EventKind.REQUEST_MERGED: N_("Requests joined"),
    EventKind.SIGN_RULES_CHANGED: N_("Rules of who signs changed"),
    EventKind.STATEMENT_MADE: N_("Statement of reasons made"),
    EventKind.STATEMENT_SENT: N_("Statement of reasons sent"),
    EventKind.SWEEP_BEGUN: N_("Cases looked at again: begun"),
    EventKind.SWEEP_CARRIED_OUT: N_("Cases looked at again: to be acted on"),
    EventKind.SWEEP_DONE: N_("Cases looked at again: done"),
    EventKind.SWEEP_STOPPED: N_("Cases looked at again: stopped"),
    EventKind.TASK_CLAIMED: N_("Task taken"),
    EventKind.TASK_DONE: N_("Task done"),
    EventKind.TASK_MOVED: N_("Tasks moved to another queue"),
    EventKind.TASK_RELEASED: N_("Task given back"),
    EventKind.TASK_SKIPPED: N_("Task skipped"),
    EventKind.TASK_URGENCY: N_("Urgency of tasks changed"),
    EventKind.UNCLEAR_REPORTED: N_("Rule reported as unclear"),
}


def in_words(kind: str) -> str:
    """What an event is called, in the language in force."""
    try:
        return _(TITLES[EventKind(kind)])
    except ValueError:
        return kind
