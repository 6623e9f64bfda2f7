"""Objects that hang on the wrong one of two verbs, a verb and its open complement (`xcomp`).

By Universal Dependencies "soldiers" is an object of the former verb in "witnesses saw soldiers beating a man" (and the latter's subject, by
control), "massacre" one of the latter in "they failed to prevent the massacre". English puts no object before its verb but
what is asked or relative ("knew what to do"), and none of a verb behind its infinitive. In the gold trees of EWT's and GUM's training and
development parts, one of 605 objects in front of their verb stands otherwise, and none of 1,866 behind an infinitive.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Heads = NDArray[np.int64]
ASKING = frozenset(("WP", "WP$", "WDT", "WRB"))
"""Tags of words that stand first in their clause, whatever they are in it."""


def rehang(heads: Heads, relations: Sequence[str], tags: Sequence[str]) -> Heads:
    """The heads of a window with such objects hung on the other verb; a root is its own head.

    `relations` and `tags` (Penn Treebank) are the words'.
    """
    if "xcomp" not in relations:
        return heads
    result, tree = heads.copy(), heads.tolist()
    complements = [word for word, name in enumerate(relations) if name == "xcomp"]
    objects = [word for word, name in enumerate(relations) if name == "obj"]
    for verb in complements:
        above = tree[verb]
        if above > verb:
            continue
        own = [word for word in objects if tree[word] == verb]
        uppers = [word for word in objects if tree[word] == above]
        if not any(above < word < verb for word in uppers):
            for word in own:
                if above < word < verb and not _asks(word, tree, tags, above, verb):
                    result[word] = above
        infinitive = verb > 0 and tags[verb] == "VB" and tags[verb - 1] == "TO"
        if infinitive and not any(word > verb for word in own):
            for word in uppers:
                if word > verb:
                    result[word] = verb
    return result


def _asks(word: int, tree: Sequence[int], tags: Sequence[str], start: int, end: int) -> bool:
    """Whether it is a word that asks, or has one on it: "what", "which man"."""
    return any(tags[k] in ASKING for k in range(start + 1, end) if k == word or tree[k] == word)
