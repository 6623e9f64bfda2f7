"""What single words tell, read off their vectors: an act or none, of what type, how real; and who did and suffered it.

The last layers of the network's event head. They run outside the network because parties are found only after the parse.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sayso.language.pairs import LEAK

Array = NDArray[np.float32]
LAYERS = ("hidden", "told", "kind", "mode", "realis", "background", "trigger", "party", "product", "prior", "lack")
ACTOR, RECIPIENT = 0, 1
NO_MODE = "none"


@dataclass(frozen=True)
class Told:
    """What each word of a text tells; the first axis of every array is the word."""

    told: Array
    """(words,) Log-odds that the word tells an act."""
    types: Array
    """(words, types) Log-probability of each type, if it does."""
    modes: Array
    """(words, modes) Scores of each mode of any type, NO_MODE among them."""
    realis: Array
    """(words, realis) Log-probability of each degree of reality, if it does."""
    background: Array
    """(words,) Log-odds that it is told as history."""


class EventHead:
    """The layers of the event head. `types`, `modes` and `realis` name the columns of what it gives."""

    def __init__(self, types: Sequence[str], modes: Sequence[str], realis: Sequence[str], weights: Mapping[str, Array]):
        self.types, self.modes, self.realis = tuple(types), tuple(modes), tuple(realis)
        self.index = {name: number for number, name in enumerate(self.types)}
        self._layers = {
            name: (np.ascontiguousarray(weights[f"{name}.weight"].T), weights.get(f"{name}.bias", np.float32(0)))
            for name in LAYERS
        }

    @classmethod
    def read(cls, path: Path, types: Sequence[str], modes: Sequence[str], realis: Sequence[str]) -> EventHead:
        with np.load(path, allow_pickle=False) as saved:
            return cls(types, modes, realis, {name: saved[name].astype(np.float32) for name in saved.files})

    def __call__(self, words: Array) -> Told:
        """What the words tell; `words`: their vectors (words, width)."""
        hidden = leaky(self._layer("hidden", words))
        return Told(
            told=self._layer("told", hidden)[:, 0],
            types=log_softmax(self._layer("kind", hidden)),
            modes=self._layer("mode", hidden),
            realis=log_softmax(self._layer("realis", hidden)),
            background=self._layer("background", hidden)[:, 0],
        )

    def parties(self, triggers: Array, words: Array) -> Array:
        """Log-odds (triggers, 2, words) that a word is the head of the actor, or the recipient, of what a trigger tells.

        `triggers`, `words`: vectors (n, width).
        """
        asking, asked = leaky(self._layer("trigger", triggers)), leaky(self._layer("party", words))
        width = asking.shape[1]
        wanted = self._layer("product", asking).reshape(len(asking) * 2, width)
        scores = (wanted @ asked.T).reshape(len(asking), 2, len(asked)) * np.float32(2 / np.sqrt(width))
        result: Array = scores + self._layer("prior", asked).T + self._layer("lack", asking)[:, :, None]
        return result

    def _layer(self, name: str, x: Array) -> Array:
        weight, bias = self._layers[name]
        result: Array = x @ weight + bias
        return result


def leaky(x: Array) -> Array:
    result: Array = np.maximum(x, np.float32(LEAK) * x)
    return result


def log_softmax(scores: Array) -> Array:
    raised = scores - scores.max(-1, keepdims=True)
    result: Array = raised - np.log(np.exp(raised).sum(-1, keepdims=True))
    return result
