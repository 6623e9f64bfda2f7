"""How it is said: text into a spaCy `Doc` with Universal Dependencies, entities and attributions."""

from sayso.language.pipeline import Attribution, load

__all__ = ["Attribution", "load"]
