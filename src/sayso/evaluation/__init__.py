"""How well the coding does: cases of what a careful reader expects, and the share of them that it meets."""

from sayso.evaluation.cases import Case, read_cases
from sayso.evaluation.expect import Check
from sayso.evaluation.tally import Tally

__all__ = ["Case", "Check", "Tally", "read_cases"]
