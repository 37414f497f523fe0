"""Two plans compared: tasks, agencies, targets and citations gained, lost and changed, and what contradicts."""

from kgplan.comparing.compare import compare_plans
from kgplan.comparing.result import Comparison

__all__ = ["Comparison", "compare_plans"]
