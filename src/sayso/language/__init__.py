"""How it is said: text into a spaCy `Doc` with Universal Dependencies, entities and attributions."""

from sayso.language.pairs import PairScorer
from sayso.language.pipeline import Attribution, load, pairs_of

__all__ = ["Attribution", "PairScorer", "load", "pairs_of"]
