"""What the room of sellers keeps: sellers, statements, points, account actions, appeals."""

from brightline.workbench.sellers.models.appeal import Appeal, Outcome, Paper
from brightline.workbench.sellers.models.knock import Knocks
from brightline.workbench.sellers.models.points import AccountAction, PointEntry
from brightline.workbench.sellers.models.seller import Letter, Seller
from brightline.workbench.sellers.models.statement import Statement, StatementKind

__all__ = [
    "AccountAction",
    "Appeal",
    "Knocks",
    "Letter",
    "Outcome",
    "Paper",
    "PointEntry",
    "Seller",
    "Statement",
    "StatementKind",
]
