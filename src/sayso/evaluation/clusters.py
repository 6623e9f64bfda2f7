"""How far a division of mentions into clusters agrees with another: B³, links, and clusters matched one to one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from sayso.evaluation.figures import Figure, percent

Mention = TypeVar("Mention", bound=Hashable)


@dataclass
class Agreement:
    """What is right in the clusters found, and how much of the gold they give. Grows article by article.

    `right_p` of `found`, and `right_r` of `gold`: mentions for B³, links for MUC, clusters for CEAF-e.
    """

    right_p: float = 0.0
    found: int = 0
    right_r: float = 0.0
    gold: int = 0

    def add(self, other: Agreement) -> None:
        self.right_p += other.right_p
        self.found += other.found
        self.right_r += other.right_r
        self.gold += other.gold

    @property
    def precision(self) -> float:
        return percent(self.right_p, self.found)

    @property
    def recall(self) -> float:
        return percent(self.right_r, self.gold)

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def figures(self, name: str) -> list[Figure]:
        """Precision over what was found; recall and F1 over the gold."""
        return [
            Figure(f"{name}_p", self.precision, self.found),
            Figure(f"{name}_r", self.recall, self.gold),
            Figure(f"{name}_f1", self.f1, self.gold),
        ]


# Each function below is given the cluster of every gold mention and of every mention found. What is found must be in
# the gold too; a gold mention that was not found is in no cluster.


def b_cubed(gold: Mapping[Mention, Hashable], found: Mapping[Mention, Hashable]) -> Agreement:
    """B³ (Bagga & Baldwin 1998): the mean over mentions. What was not found counts for nothing in recall."""
    chains, clusters = Counter(gold.values()), Counter(found.values())
    both = Counter((gold[mention], cluster) for mention, cluster in found.items())
    return Agreement(
        right_p=sum(both[gold[mention], cluster] / clusters[cluster] for mention, cluster in found.items()),
        found=len(found),
        right_r=sum(both[gold[mention], cluster] / chains[gold[mention]] for mention, cluster in found.items()),
        gold=len(gold),
    )


def links(gold: Mapping[Mention, Hashable], found: Mapping[Mention, Hashable]) -> Agreement:
    """Links of MUC (Vilain et al. 1995): those that hold a cluster together. What was not found is alone."""
    chains, clusters = Counter(gold.values()), Counter(found.values())
    both = {(gold[mention], cluster) for mention, cluster in found.items()}
    parts = Counter(chain for chain, _ in both)
    parts.update(chain for mention, chain in gold.items() if mention not in found)
    split = Counter(cluster for _, cluster in both)
    return Agreement(
        right_p=sum(size - split[cluster] for cluster, size in clusters.items()),
        found=len(found) - len(clusters),
        right_r=sum(size - parts[chain] for chain, size in chains.items()),
        gold=len(gold) - len(chains),
    )


def ceaf_e(gold: Mapping[Mention, Hashable], found: Mapping[Mention, Hashable]) -> Agreement:
    """CEAF with φ4 (Luo 2005): clusters paired one to one so that they share most, each pair by Dice's coefficient."""
    from scipy.optimize import linear_sum_assignment  # a third of a second, for this alone

    chains, clusters = Counter(gold.values()), Counter(found.values())
    row = {chain: number for number, chain in enumerate(chains)}
    column = {cluster: number for number, cluster in enumerate(clusters)}
    alike = np.zeros((len(chains), len(clusters)))
    both = Counter((gold[mention], cluster) for mention, cluster in found.items())
    for (chain, cluster), common in both.items():
        alike[row[chain], column[cluster]] = 2 * common / (chains[chain] + clusters[cluster])
    best = float(alike[linear_sum_assignment(alike, maximize=True)].sum())
    return Agreement(right_p=best, found=len(clusters), right_r=best, gold=len(chains))
