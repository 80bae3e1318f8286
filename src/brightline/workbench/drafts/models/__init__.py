"""What this room keeps: texts by their hash, sources of releases, drafts with every revision."""

from brightline.workbench.drafts.models.draft import Draft, DraftState
from brightline.workbench.drafts.models.revision import How, Revision, Unmerged
from brightline.workbench.drafts.models.source import Source, Text

__all__ = ["Draft", "DraftState", "How", "Revision", "Source", "Text", "Unmerged"]
