"""How it is said: text into a spaCy `Doc` with Universal Dependencies, entities and attributions."""

from sayso.language.judges import Judge
from sayso.language.pairs import PairScorer
from sayso.language.pipeline import Attribution, Heads, heads_of, load

__all__ = ["Attribution", "Heads", "Judge", "PairScorer", "heads_of", "load"]
