"""What this room keeps: notices with their readers and quizzes, channels, announcements."""

from brightline.workbench.understanding.models.announcements import Announcement, Told
from brightline.workbench.understanding.models.channels import Channel, Post
from brightline.workbench.understanding.models.notices import Attempt, Briefing, Notice, Recipient

__all__ = [
    "Announcement",
    "Attempt",
    "Briefing",
    "Channel",
    "Notice",
    "Post",
    "Recipient",
    "Told",
]
