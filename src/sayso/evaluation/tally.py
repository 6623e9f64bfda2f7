"""How many checks hold, by category, and which do not."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from sayso.errors import InputError
from sayso.evaluation.cases import Case
from sayso.evaluation.expect import Check
from sayso.records import Coding


@dataclass
class Tally:
    """Grows case by case."""

    right: Counter[str] = field(default_factory=Counter)
    total: Counter[str] = field(default_factory=Counter)
    failed: list[tuple[Case, Check]] = field(default_factory=list)
    uncoded: int = 0

    def add(self, case: Case, coding: Coding | InputError) -> None:
        """Count a case's checks; where there is no coding, none of them holds."""
        self.uncoded += not isinstance(coding, Coding)
        for check in case.checks:
            held = isinstance(coding, Coding) and check.holds(coding)
            category = case.category or check.kind
            self.total[category] += 1
            self.right[category] += held
            if not held:
                self.failed.append((case, check))

    def share(self, category: str | None = None) -> float:
        """The share of checks that hold, 0 to 1: of one category, or of all."""
        if category is not None:
            return self.right[category] / self.total[category] if self.total[category] else 0.0
        return self.right.total() / self.total.total() if self.total else 0.0
