"""What one party did to another, read off the words' vectors: the last layers of the network's event head.

They run outside the network because the parties are found only after the parse.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]
LEAK = 0.1
"""Slope of the leaky ReLU, as in training."""
LAYERS = ("asked", "key", "hidden", "event")


class PairScorer:
    """Scores of the event types between two parties of one sentence."""

    def __init__(self, types: Sequence[str], weights: Mapping[str, Array]):
        self.types = tuple(types)
        self._layers = {name: (weights[f"{name}.weight"].T, weights[f"{name}.bias"]) for name in LAYERS}

    @classmethod
    def read(cls, path: Path, types: Sequence[str]) -> PairScorer:
        with np.load(path, allow_pickle=False) as saved:
            return cls(types, {name: saved[name].astype(np.float32) for name in saved.files})

    def __call__(self, words: Array, source: tuple[int, int], target: tuple[int, int]) -> dict[str, float]:
        """Probability of each type, `NONE` among them; they sum to one.

        `words`: the vectors (words, width) of one sentence; `source`, `target`: ranges [start, end) in it.
        """
        parties = np.concatenate([words[slice(*source)].mean(0), words[slice(*target)].mean(0)])
        asked = self._layer("asked", parties)
        heeded = softmax((self._layer("key", words) @ asked) / np.sqrt(np.float32(len(asked))))
        hidden = self._layer("hidden", np.concatenate([parties, heeded @ words]))
        scores = softmax(self._layer("event", np.where(hidden > 0, hidden, LEAK * hidden)))
        return dict(zip(self.types, scores.tolist(), strict=True))

    def _layer(self, name: str, x: Array) -> Array:
        weight, bias = self._layers[name]
        result: Array = x @ weight + bias
        return result


def softmax(scores: Array) -> Array:
    raised = np.exp(scores - scores.max())
    result: Array = raised / raised.sum()
    return result
