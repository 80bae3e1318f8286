"""What the keys of events are called: the labels of the log."""

from __future__ import annotations

from brightline.i18n import N_

LABELS = {
    "action": N_("Outcome"), "how": N_("How"), "clauses": N_("Clauses"), "points": N_("Points"),
    "in_force": N_("In force"), "queue": N_("Queue"), "kind": N_("Kind of task"),
    "ref": N_("Reference"), "subject": N_("Subject"), "source": N_("Source"),
    "username": N_("User name"), "name": N_("Name"), "display_name": N_("Name"),
    "email": N_("E-mail"), "language": N_("Language of the pages"), "theme": N_("Colours"),
    "reads": N_("Languages of cases"), "open": N_("Account open"), "password": N_("Password"),
    "second_step": N_("Second step"), "role": N_("Role"), "market": N_("Market"),
    "sha": N_("Rulebook"), "number": N_("Release"), "effective_at": N_("In force from"),
    "person": N_("Person"), "paused": N_("Paused"), "urgency": N_("Urgency"),
    "tasks": N_("Tasks"), "automatic": N_("Decides by itself"),
    "audit_share": N_("Share audited"), "second_share": N_("Share reviewed twice"),
    "lease_minutes": N_("Minutes to keep a case"), "appeal_days": N_("Days to appeal"),
    "first": N_("First decision"), "second": N_("Second decision"), "from": N_("From"),
    "undoes": N_("Undoes event"), "exception": N_("Settled outside the rules"),
    "rules": N_("What the rules came to"), "pictures": N_("Pictures"),
    "sent_again": N_("Sent again"), "secret": N_("Secret"), "sha256": N_("Hash of the file"),
    "size": N_("Bytes"), "prefix": N_("Begins with"), "account": N_("Account"),
    "scopes": N_("Rights"), "rate": N_("Calls a minute"), "by": N_("By what way"),
    "to": N_("To"), "appeal_until": N_("Appeal until"), "link": N_("Link"),
    "digest": N_("Hash of the text"), "change": N_("Change of points"),
    "rung": N_("From so many points"), "title": N_("What is done"), "outcome": N_("Came to"),
    "due_at": N_("Due"), "papers": N_("Papers"), "sop": N_("SOP"), "clause": N_("Clause"),
    "fact": N_("Question asked"), "by_rule": N_("The rules hand it up"), "active": N_("Active"),
    "question": N_("Question"), "answer": N_("Answer"), "answer_en": N_("Answer in English"),
    "back": N_("Sent back to the queue"), "wellness": N_("Wellness settings"),
    "seller": N_("Seller"), "kinds": N_("Told of"), "url": N_("Address"),
    "account_action": N_("Number of the measure"),
    "state": N_("State"), "seed": N_("Seed of the lot"), "inclusion": N_("Share that enters"),
    "share": N_("Share judged by the draft"), "group": N_("Group"), "queues": N_("Queues"),
    "evidence": N_("Evidence of harm"),
    "body": N_("Text"), "left_out": N_("Cases left out"), "quiz": N_("Quiz"),
    "asked": N_("Questions"), "needed": N_("Needed right"), "right": N_("Right"),
    "attempt": N_("Quiz number"), "passed": N_("Passed"), "binds_at": N_("Gate closes"),
    "recipients": N_("People told"), "until": N_("Until"), "host": N_("Host"),
    "statement": N_("Statement"), "decision": N_("Decision"), "task": N_("Task"),
}  # fmt: skip
"""Keys of what events keep, in words; another key is shown as it is."""
THINGS = {
    "person": N_("Person"), "case": N_("Case"), "task": N_("Task"), "decision": N_("Decision"),
    "release": N_("Release"), "queue": N_("Queue"), "market": N_("Market"),
    "appeal": N_("Appeal"), "escalation": N_("Escalation"), "precedent": N_("Precedent"),
    "seller": N_("Seller"), "statement": N_("Statement"), "hook": N_("Webhook"),
    "key": N_("API key"), "file": N_("File"), "tasks": N_("Tasks"),
    "notice": N_("Notice"), "pilot": N_("Pilot"), "channel": N_("Group chat"),
}  # fmt: skip
