"""What this room keeps: texts by their hash, sources of releases, drafts with every revision,
and what people say about them."""

from brightline.workbench.drafts.models.consultation import Asked, Comment, Review, Verdict
from brightline.workbench.drafts.models.draft import Draft, DraftState
from brightline.workbench.drafts.models.revision import How, Revision, Unmerged
from brightline.workbench.drafts.models.source import Source, Text
from brightline.workbench.drafts.models.stays import Stays

__all__ = [
    "Asked",
    "Comment",
    "Draft",
    "DraftState",
    "How",
    "Review",
    "Revision",
    "Source",
    "Stays",
    "Text",
    "Unmerged",
    "Verdict",
]
