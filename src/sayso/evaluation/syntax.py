"""Universal Dependencies from raw text, by the CoNLL 2018 shared task's evaluation."""

from __future__ import annotations

from collections.abc import Sequence

from sayso.evaluation.conllu import ROOT, Parse, Word
from sayso.evaluation.figures import Counts, Scored

FIGURES = ("tokens", "sentences", "words", "UPOS", "UAS", "LAS_subtype", "LAS")


def score_parse(rows: Sequence[tuple[Parse, Parse | None]]) -> Scored:
    """F1 of tokens, sentences, words, and of what is said of words that stand on the same characters. Headline: LAS.

    Words that were missed and words too many count as wrong. LAS compares universal relations, LAS_subtype the full
    ones. An article whose characters are not the gold's counts as missing.
    """
    counts = {name: Counts() for name in FIGURES}
    for gold, parse in rows:
        found = parse if parse and parse.characters == gold.characters else Parse(gold.id)
        counts["tokens"].compare({word.token for word in gold.words}, {word.token for word in found.words})
        counts["sentences"].compare(set(gold.sentences), set(found.sentences))
        for name, right in _right(gold.words, found.words).items():
            counts[name].add(right=right, found=len(found.words), gold=len(gold.words))
    return Scored(tuple(one.figures(name)[-1] for name, one in counts.items()), counts["LAS"].f1)


def _right(gold: Sequence[Word], found: Sequence[Word]) -> dict[str, int]:
    """Of the words: how many are there, and have the same part of speech, head and relation."""
    aligned = align(gold, found)
    pairs = [(gold[g], found[f]) for g, f in aligned.items()]
    heads = {**aligned, ROOT: ROOT}
    attached = [(word, other) for word, other in pairs if heads.get(word.head) == other.head]
    return {
        "words": len(pairs),
        "UPOS": sum(word.upos == other.upos for word, other in pairs),
        "UAS": len(attached),
        "LAS_subtype": sum(word.relation == other.relation for word, other in attached),
        "LAS": sum(_universal(word) == _universal(other) for word, other in attached),
    }


def _universal(word: Word) -> str:
    return word.relation.partition(":")[0]


def align(gold: Sequence[Word], found: Sequence[Word]) -> dict[int, int]:
    """From the number of a gold word to that of the same word in what was found.

    Words are the same whose tokens cover the same characters; in a stretch with a multiword token, those of the
    longest common subsequence of forms.
    """
    ends = {word.token.end for word in gold} & {word.token.end for word in found}
    same: dict[int, int] = {}
    for mine, theirs in zip(_stretches(gold, ends), _stretches(found, ends), strict=True):
        if any(gold[g].part for g in mine) or any(found[f].part for f in theirs):
            forms = [gold[g].form.lower() for g in mine], [found[f].form.lower() for f in theirs]
            same.update((mine[g], theirs[f]) for g, f in _common(*forms))
        elif len(mine) == len(theirs) == 1:
            same[mine[0]] = theirs[0]
    return same


def _stretches(words: Sequence[Word], ends: set[int]) -> list[range]:
    """The words cut into stretches, each up to one of the ends."""
    last = [at for at, word in enumerate(words, start=1) if word.token.end in ends and _closes(words, at)]
    return [range(start, stop) for start, stop in zip([0, *last], last, strict=False)]


def _closes(words: Sequence[Word], stop: int) -> bool:
    """Whether the word before `stop` is the last of its token."""
    return stop == len(words) or words[stop].token.end != words[stop - 1].token.end


def _common(one: Sequence[str], other: Sequence[str]) -> list[tuple[int, int]]:
    """Places of a longest common subsequence; of several, the one that passes over the fewest of `one` at first."""
    longest = [[0] * (len(other) + 1)]
    for form in reversed(one):
        row, below = [0], longest[-1]
        for at, there in enumerate(reversed(other)):
            row.append(below[at] + 1 if form == there else max(below[at + 1], row[at]))
        longest.append(row)
    pairs, i, j = [], len(one), len(other)
    while i and j:
        if one[-i] == other[-j]:
            pairs.append((len(one) - i, len(other) - j))
            i, j = i - 1, j - 1
        elif longest[i - 1][j] >= longest[i][j - 1]:
            i -= 1
        else:
            j -= 1
    return pairs
