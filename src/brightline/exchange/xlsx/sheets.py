"""Which sheets a workbook has and what their columns hold: the form of our workbooks.

The second row of every sheet holds the keys, the same in every language; the first row is words
for people. The names of sheets are read in both languages, whichever was written.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from brightline.i18n import N_

Kind = Literal["id", "ids", "plain", "text", "number", "date", "flag", "yaml", "test", "words"]
"""`text`: a column a language (`title.vi`); `words`: the same, for a text that stands alone;
`yaml`: a value in the notation of the files; `test`: a unary test in that notation."""


@dataclass(frozen=True)
class Column:
    """One column (a text: one for each language)."""

    key: str
    kind: Kind
    heading: str
    width: int = 16
    choices: tuple[str, ...] = ()
    """What the drop-down offers."""
    of: str = ""
    """The sheet whose ids the drop-down offers."""


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name in both languages, its first column telling whose rows are whose."""

    id: str
    en: str
    vi: str
    columns: tuple[Column, ...]

    def name(self, language: str) -> str:
        """The name in a language."""
        return self.vi if language == "vi" else self.en

    def keys(self, languages: tuple[str, ...]) -> Iterator[tuple[str, Column]]:
        """The columns as they stand, languages written out."""
        for column in self.columns:
            if column.kind in ("text", "words"):
                for code in languages:
                    yield f"{column.key}.{code}", column
            else:
                yield column.key, column


YES_NO = ("yes", "no")
ID = Column("id", "id", N_("Id"), 18)
TITLE = Column("title", "text", N_("Title"), 34)
NOTE = Column("note", "text", N_("Note"), 40)
WAS = Column("was", "ids", N_("Former ids"), 14)
WORDS = Column("text", "words", N_("Words"), 40)
SOP = Column("sop", "id", N_("SOP"), 20, of="sops")
FROM = Column("from", "date", N_("In force from"), 13)
UNTIL = Column("until", "date", N_("In force until"), 13)
CONDITION = Column("condition", "yaml", N_("Condition"), 70)
ACTION = Column("action", "id", N_("Action"), 20, of="actions")

SHEETS: tuple[Sheet, ...] = (
    Sheet("rulebook", "Rulebook", "Bộ quy tắc", (
        Column("key", "id", N_("Setting"), 22), Column("value", "plain", N_("Value"), 80),
    )),
    Sheet("sops", "SOPs", "Các SOP", (
        Column("sop", "id", N_("SOP"), 22), Column("sheet", "plain", N_("Its sheet"), 22), TITLE,
        Column("subject", "id", N_("Subject"), 11, of="subjects"),
        Column("owner", "id", N_("Owner"), 18, of="teams"),
        Column("queue", "id", N_("Queue"), 12, of="queues"),
        Column("review_by", "date", N_("Review by"), 12), FROM, UNTIL,
        Column("hit", "id", N_("Which clause wins"), 14, ("first", "most_severe", "unique")),
        Column("cannot_tell", "id", N_("Where nobody can tell"), 16, of="actions"),
        Column("scope", "yaml", N_("Scope"), 34), Column("purpose", "text", N_("Purpose"), 60), WAS,
    )),
    Sheet("facts", "Facts", "Dữ kiện", (
        SOP, ID, TITLE, Column("kind", "id", N_("Kind"), 9, ("yes_no", "choice", "number")),
        Column("ask", "text", N_("Question"), 38),
        Column("guidance", "text", N_("How to tell"), 60),
        Column("unit", "plain", N_("Unit"), 9), Column("min", "number", N_("Least"), 8),
        Column("max", "number", N_("Most"), 8), Column("cost", "plain", N_("Time to answer"), 9),
        Column("trust", "id", N_("Trust"), 10, ("suggests", "decides")),
        Column("from", "yaml", N_("Signals that supply it"), 70), WAS,
    )),
    Sheet("options", "Options", "Lựa chọn", (
        SOP, Column("fact", "id", N_("Fact"), 18), ID, Column("under", "id", N_("Part of"), 18),
        WORDS, WAS,
    )),
    Sheet("definitions", "Definitions", "Khái niệm", (SOP, ID, CONDITION)),
    Sheet("impossible", "Impossible", "Không thể có", (SOP, CONDITION)),
    Sheet("examples", "Examples", "Ví dụ", (
        SOP, ID, Column("text", "text", N_("Case"), 50), Column("facts", "yaml", N_("Facts"), 60),
        Column("expect", "id", N_("Clause it meets"), 14),
    )),
    Sheet("then", "Follow-ups", "Việc tiếp theo", (
        SOP, Column("clause", "id", N_("Clause"), 12), Column("do", "text", N_("What to do"), 50),
        Column("role", "id", N_("Who"), 16, of="roles"),
        Column("within", "plain", N_("Within"), 9),
    )),
    Sheet("accept", "Accepted", "Chấp nhận", (
        SOP, Column("finding", "id", N_("Finding"), 10), Column("at", "id", N_("At"), 18),
        Column("of", "plain", N_("Mark"), 11), Column("date", "date", N_("Date"), 12),
        Column("reason", "text", N_("Reason"), 50),
    )),
    Sheet("actions", "Actions", "Biện pháp xử lý", (
        ID, TITLE, Column("severity", "number", N_("Severity"), 10),
        Column("violation", "flag", N_("A violation"), 11, YES_NO),
        Column("person", "flag", N_("Goes to a person"), 11, YES_NO),
    )),
    Sheet("ladder", "Ladder", "Bậc điểm", (Column("at", "number", N_("At points"), 10), TITLE)),
    Sheet("queues", "Queues", "Hàng đợi", (
        ID, TITLE, Column("sla", "plain", N_("Time allowed"), 10),
    )),
    Sheet("teams", "Teams", "Nhóm", (ID, WORDS)),
    Sheet("roles", "Roles", "Vai trò", (ID, WORDS)),
    Sheet("subjects", "Subjects", "Đối tượng", (ID, TITLE)),
    Sheet("attributes", "Attributes", "Thuộc tính", (
        Column("subject", "id", N_("Subject"), 12, of="subjects"), ID,
        Column("kind", "id", N_("Kind"), 10, ("text", "number", "money", "yes_no", "choice", "list",
                                              "date", "image", "link")), TITLE,
    )),
    Sheet("tables", "Tables", "Bảng tra", (ID, TITLE, NOTE)),
    Sheet("law", "Law", "Văn bản luật", (
        ID, Column("cite", "text", N_("Citation"), 30), TITLE,
        Column("article", "plain", N_("Article"), 10),
        Column("effective", "date", N_("Effective"), 12),
        Column("status", "id", N_("Status"), 11, ("verified", "unverified")),
        Column("checked_on", "date", N_("Checked on"), 12),
        Column("checked_by", "plain", N_("Checked by"), 18),
        Column("source", "plain", N_("Source"), 36),
        Column("owner", "id", N_("Owner"), 16, of="teams"),
        Column("recheck_by", "date", N_("Check again by"), 12), NOTE,
    )),
    Sheet("lexicons", "Word lists", "Danh sách từ", (
        Column("list", "id", N_("List"), 20), Column("term", "plain", N_("Term"), 34),
        Column("kind", "id", N_("Kind"), 16), Column("note", "plain", N_("Note"), 40),
        Column("fold", "flag", N_("Also without accents"), 12, YES_NO),
    )),
)  # fmt: skip
BY_ID = {sheet.id: sheet for sheet in SHEETS}

BEFORE = (ID, TITLE)
AFTER = (
    Column("otherwise", "flag", N_("All other cases"), 10, YES_NO), ACTION,
    Column("points", "number", N_("Points"), 8), Column("basis", "ids", N_("Basis"), 24),
    Column("notice", "text", N_("Notice to the seller"), 60), NOTE, FROM, UNTIL, WAS,
)  # fmt: skip
ORDER = Column("order", "ids", N_("Order of the tests"), 20)
"""Only where one clause names its facts in another order than the columns stand."""
WHEN = "when."


def clause_sheet(tests: tuple[str, ...], order: bool) -> Sheet:
    """The sheet of one SOP, with a column for each fact (or `is`, `is_not`) that is tested."""
    tested = tuple(Column(WHEN + name, "test", name, 20) for name in tests)
    after = (*AFTER, ORDER) if order else AFTER
    return Sheet("clauses", "", "", (*BEFORE, *tested, *after))


HOW_TO = Sheet("how_to", "How to fill in", "Cách điền", ())
"""Read by people only."""
