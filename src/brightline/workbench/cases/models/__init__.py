"""What the room of cases keeps: cases, tasks on them, answers, decisions, market settings."""

from brightline.workbench.cases.models.case import Case, Picture, Source
from brightline.workbench.cases.models.decision import Decision, How
from brightline.workbench.cases.models.market import Market, QueueState
from brightline.workbench.cases.models.task import Answer, Aside, Task, TaskKind
from brightline.workbench.cases.models.under_clause import UnderClause

__all__ = [
    "Answer",
    "Aside",
    "Case",
    "Decision",
    "How",
    "Market",
    "Picture",
    "QueueState",
    "Source",
    "Task",
    "TaskKind",
    "UnderClause",
]
