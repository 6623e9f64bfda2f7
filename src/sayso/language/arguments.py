"""Objects and subjects that hang on the wrong one of two verbs, a verb and its clausal complement.

By Universal Dependencies "soldiers" is an object of the former verb in "witnesses saw soldiers beating a man" (and the latter's subject, by
control), "massacre" one of the latter in "they failed to prevent the massacre". English puts no object before its verb but
what is asked or relative ("knew what to do"), none of a verb behind its infinitive, and no second subject before the verb of saying: of "a man said
soldiers burned it", the man is who said so. In the gold trees of EWT's and GUM's training and development parts, one of 605 objects in
front of their verb stands otherwise, none of 1,866 behind an infinitive, and in none of 3,131 complements a subject so.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Heads = NDArray[np.int64]
ASKING = frozenset(("WP", "WP$", "WDT", "WRB"))
"""Tags of words that stand first in their clause, whatever they are in it."""
SUBJECTS = frozenset(("nsubj", "nsubj:pass"))


def rehang(heads: Heads, relations: Sequence[str], tags: Sequence[str]) -> Heads:
    """The heads of a window with such words hung on the other verb; a root is its own head.

    `relations` and `tags` (Penn Treebank) are the words'.
    """
    result, tree = heads.copy(), heads.tolist()
    for verb, name in enumerate(relations):
        above = tree[verb]
        if name == "xcomp" and above < verb:
            _rehang_objects(result, tree, relations, tags, verb, above)
        elif name == "ccomp" and above < verb:
            _rehang_subject(result, tree, relations, verb, above)
    return result


def _rehang_objects(
    result: Heads, tree: Sequence[int], relations: Sequence[str], tags: Sequence[str], verb: int, above: int
) -> None:
    own, uppers = ([w for w, name in enumerate(relations) if name == "obj" and tree[w] == v] for v in (verb, above))
    if not any(above < word < verb for word in uppers):
        for word in own:
            if above < word < verb and not _asks(word, tree, tags, above, verb):
                result[word] = above
    infinitive = tags[verb] == "VB" and tags[verb - 1] == "TO"
    if infinitive and not any(word > verb for word in own):
        for word in uppers:
            if word > verb:
                result[word] = verb


def _rehang_subject(result: Heads, tree: Sequence[int], relations: Sequence[str], verb: int, above: int) -> None:
    own, uppers = ([w for w, name in enumerate(relations) if name in SUBJECTS and tree[w] == v] for v in (verb, above))
    if not uppers and len(own) > 1 and own[0] < above < own[1]:
        result[own[0]] = above


def _asks(word: int, tree: Sequence[int], tags: Sequence[str], start: int, end: int) -> bool:
    """Whether it is a word that asks, or has one on it: "what", "which man"."""
    return any(tags[k] in ASKING for k in range(start + 1, end) if k == word or tree[k] == word)
