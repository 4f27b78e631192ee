"""What customers look for (Requirement), what was decided and sent (Decision, Sending), and rates of exchange."""

from apps.matching.models.decision import Decision
from apps.matching.models.rate import ExchangeRate
from apps.matching.models.requirement import Requirement, RequirementPlace
from apps.matching.models.sending import Sending

__all__ = ["Decision", "ExchangeRate", "Requirement", "RequirementPlace", "Sending"]
