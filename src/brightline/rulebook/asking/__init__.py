"""Which question to put to the moderator next, so that a case is settled in the least time."""

from brightline.rulebook.asking.chances import History
from brightline.rulebook.asking.choosing import Asker

__all__ = ["Asker", "History"]
