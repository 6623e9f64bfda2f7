"""Small decisions learned over named features: how likely it is that something holds."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Judge:
    """A logistic regression. Features that it does not know count as nothing; those not given are zero."""

    weights: Mapping[str, float]
    bias: float = 0.0

    def __call__(self, features: Mapping[str, float]) -> float:
        """Probability, 0 to 1."""
        known = self.weights
        score = self.bias + math.fsum(known[name] * value for name, value in features.items() if name in known)
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


def read_judges(path: Path) -> dict[str, Judge]:
    """The judges of a file, by what they judge."""
    given = json.loads(path.read_text(encoding="utf-8"))
    return {name: Judge(one["weights"], one["bias"]) for name, one in given.items()}
