"""What the desk keeps: requests, and the voices that make each up."""

from brightline.workbench.desk.models.request import Origin, Request, State
from brightline.workbench.desk.models.voice import Voice

__all__ = ["Origin", "Request", "State", "Voice"]
