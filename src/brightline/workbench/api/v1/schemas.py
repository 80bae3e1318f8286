"""What goes in and out of the API. Every text is bounded, every number finite."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import AfterValidator, ConfigDict, Field, JsonValue

from brightline.workbench.api.v1.plain import MOST_NAMES, name, text, values
from brightline.workbench.cases.models import Source

MOST_AT_ONCE = 1000
LINE = AfterValidator(name)
"""Behind the limits of length, so that pydantic tells of those in its words for texts."""

SCALAR_SCHEMA: dict[str, Any] = {
    "anyOf": [
        {"type": ["string", "number", "boolean", "null"], "maxLength": 50_000},
        {"type": "array", "maxItems": 200, "items": {"type": ["string", "number", "boolean"]}},
    ]
}
Values = Annotated[
    dict[str, JsonValue],
    AfterValidator(values),
    Field(
        max_length=MOST_NAMES,
        json_schema_extra={"type": "object", "additionalProperties": SCALAR_SCHEMA},
    ),
]


class _Closed(Schema):
    model_config = ConfigDict(extra="forbid")


class PictureIn(_Closed):
    """A picture: its bytes in base64, or an address on a host that the installation allows."""

    data: Annotated[str | None, Field(max_length=14_000_000)] = None
    url: Annotated[str, Field(max_length=2000), LINE] | None = None


class CaseIn(_Closed):
    """A case to be judged."""

    ref: Annotated[str, Field(min_length=1, max_length=120, examples=["listing-4711"]), LINE]
    market: Annotated[str, Field(min_length=1, max_length=8, examples=["VN"]), LINE]
    subject: Annotated[str, Field(max_length=80, examples=["listing"]), LINE] = ""
    attributes: Values = Field(
        default_factory=dict, examples=[{"title": "Kiếm Nhật trang trí", "price": 450000}]
    )
    facts: Values = Field(default_factory=dict)
    language: Annotated[str, Field(pattern="^[a-z]{2,3}$")] = "vi"
    source: Source = Source.PROACTIVE
    seller: Annotated[str, Field(max_length=120), LINE] = ""
    risk: Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)] = 0.0
    pictures: Annotated[list[PictureIn], Field(max_length=20)] = Field(default_factory=list)


class BatchIn(_Closed):
    """Cases to be judged; each stands or falls by itself."""

    cases: Annotated[
        list[JsonValue],
        Field(min_length=1, max_length=MOST_AT_ONCE),  # what they are: see `v1.app`
    ]


class ErrorBody(Schema):
    """What is wrong, what would help, and which field it is."""

    message: str
    hint: str | None = None
    field: str | None = None


class ErrorOut(Schema):
    """An error, in the language of Accept-Language."""

    error: ErrorBody


class CaseBrief(Schema):
    """What became of a case that came in."""

    market: str
    ref: str
    new: bool
    status: Literal["decided", "waiting"]
    action: str | None
    queue: str | None
    due_at: datetime | None


class BatchItem(Schema):
    """What became of one case of a batch: `index` is its place in it, from 0."""

    index: int
    ref: str | None
    case: CaseBrief | None
    error: ErrorBody | None


class BatchOut(Schema):
    """The cases of a batch, in its order."""

    received: int
    known: int
    refused: int
    results: list[BatchItem]


class ClauseOut(Schema):
    """A clause that the decision rests on."""

    sop: str
    clause: str
    action: str
    points: int
    violation: bool


class ReasonOut(Schema):
    """Why, in one language: ready for a statement to the seller."""

    sop: str
    clause: str
    sop_title: str
    title: str
    action: str
    notice: str
    basis: list[str]
    because: list[str]


class StatementOut(Schema):
    """A decision in sentences of one language."""

    headline: str
    points: str
    ladder: str
    reasons: list[ReasonOut]


class DecisionOut(Schema):
    """The decision in force."""

    action: str
    how: str
    at: datetime
    day: str
    rulebook: str
    points: int
    violation: bool
    clauses: list[ClauseOut]
    reasons: dict[str, StatementOut]


class CaseOut(Schema):
    """A case as it stands."""

    market: str
    ref: str
    subject: str
    source: str
    status: Literal["decided", "waiting"]
    queue: str | None
    received_at: datetime
    due_at: datetime | None
    pictures: int
    decision: DecisionOut | None


class QueueOut(Schema):
    """How much waits in a queue."""

    market: str
    queue: str
    open: int
    claimed: int
    overdue: int
    next_due_at: datetime | None
    paused: bool


class ReleaseOut(Schema):
    """A release of a market. Times carry their zone: that of Vietnam."""

    market: str
    number: int
    name: str
    rulebook: str
    effective_at: datetime
    expires_at: datetime | None
    published_at: datetime
    way: str
    came_from: str
    note: str
    emergency: bool
    awaits_signatures: bool
    """In force before it was approved, and not approved yet."""
    restores: int | None
    cancelled_at: datetime | None


class PushIn(_Closed):
    """On what terms a rulebook is published; times in Vietnam time where they name no zone."""

    dry_run: bool = False
    effective_at: Annotated[str, Field(max_length=60), LINE] = ""
    expires_at: Annotated[str, Field(max_length=60), LINE] = ""
    note: Annotated[str, Field(max_length=2000), AfterValidator(text)] = ""
    commit: Annotated[str, Field(max_length=200), LINE] = ""
    seen: Annotated[str, Field(max_length=64), LINE] = ""
    """The hash in force when the change was made; another one now: 409, nothing is published."""


class ToSign(Schema):
    """A signature that a pushed rulebook needs: whose, why, and who has given it, if anyone."""

    role: str
    reasons: list[str]
    signed_by: str | None


class WaitingOut(Schema):
    """A pushed rulebook that waits for signatures, or what became of it.

    `state` is `waiting`, `released`, `declined` or `overtaken`; `said` why. `sign_at` is the page
    where it is signed, `poll` the path of this answer.
    """

    id: int
    state: str
    said: str
    sign_at: str
    poll: str
    base: str
    signatures: list[ToSign]


class PushedOut(Schema):
    """What became of a rulebook. `new` is false where it was the newest release already.

    `waiting` is there where it has to be signed first; `release` comes with the last signature.
    """

    new: bool
    dry_run: bool
    rulebook: str
    release: ReleaseOut | None
    changes: str
    warnings: list[dict[str, Any]]
    waiting: WaitingOut | None = None


class PicturesOut(Schema):
    """How many pictures a case has now."""

    pictures: int
