"""Who: the actors of an article, and what they are called.

`find_actors` reads the parsed text: noun phrases (mentions.py) are told apart and tied together
(coreference.py) with roles and sectors from the lexicon (agents.py). `collect_labels` comes last: it needs to know
on whose word an actor is called what (labels.py).
"""

from __future__ import annotations

from sayso.coding.coreference import Linker
from sayso.coding.draft import Draft
from sayso.coding.joining import join_contested
from sayso.coding.labels import call_names, collect
from sayso.coding.rooms import room


@room(needs=["doc", "blocks"], gives=["actors"])
def find_actors(draft: Draft) -> None:
    """Reads the tree and the entities; adds the actors, their mentions, and the actor of every mention's head."""
    Linker(draft).link()


@room(needs=["actors", "statements", "events"], gives=["actors.labels"])
def collect_labels(draft: Draft) -> None:
    """Reads actors, statements and events; adds to each actor the nouns it is called by and on whose word.

    Groups that friend and foe call by different nouns ("protesters", "terrorists") become one actor where the
    article has them do the same things.
    """
    voices = call_names(draft)
    join_contested(draft, voices.at)
    collect(draft, voices)
