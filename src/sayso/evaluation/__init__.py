"""How well the coding does: scores against gold, and cases of what a careful reader expects.

from sayso.evaluation import evaluate

evaluate("times", "gold.jsonl", "coded.jsonl").value("value_f1")
"""

from sayso.evaluation.cases import Case, read_cases
from sayso.evaluation.expect import Check
from sayso.evaluation.figures import Figure
from sayso.evaluation.files import Gold, read_gold
from sayso.evaluation.scoring import TASKS, Evaluation, evaluate
from sayso.evaluation.tally import Tally

__all__ = ["TASKS", "Case", "Check", "Evaluation", "Figure", "Gold", "Tally", "evaluate", "read_cases", "read_gold"]
