"""What this room keeps: questions handed up, precedents, and reports of unclear rules."""

from brightline.workbench.escalations.models.escalation import Escalation
from brightline.workbench.escalations.models.precedent import Precedent
from brightline.workbench.escalations.models.unclear import UnclearReport

__all__ = ["Escalation", "Precedent", "UnclearReport"]
