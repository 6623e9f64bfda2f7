"""Institutions: for whom an official speaks, read off the words that name him.

"A spokesman for the Kazakh Interior Ministry", "Interior Minister Turgumbayev" and "the Interior Ministry" are one voice. The words are
those of `institutions.toml`, and the names of bodies those of the coder's lexicon.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from sayso.coding.agents import agents, singular
from sayso.coding.bodies import Body, body
from sayso.gazetteer.countries import senses
from sayso.ledger.origins.institution_words import Branch, branch, key_of, words

LONGEST = 4
"""Words in the longest phrase that is looked up."""
MOST_WORDS = 40
"""Words of a phrase that are read."""

_WORD = re.compile(r"[^\W_](?:[\w.'/-]*[^\W_])?", re.UNICODE)
_APART = re.compile(r"[,;:()\[\]“”\"–—]|\s-\s")
_RELATIVE = frozenset("who whom whose that which there here".split())
_CASE = frozenset("of for at in from with within by on to about near against as".split())
_SMALL = frozenset("the a an of".split())
_DETERMINERS = frozenset("the a an his her its their".split())


class Found(NamedTuple):
    """An institution in a phrase: a branch of a state, or a body by its name; `country` is alpha-3 where the words tell it."""

    branch: Branch | None
    body: str = ""
    sectors: tuple[str, ...] = ()
    country: str | None = None


@lru_cache(maxsize=16_384)
def institution(phrase: str) -> Found | None:
    """The institution that a phrase names or for which whom it names speaks; None for none, and for who no longer does.

    >>> institution("a spokesman for the Kazakh Interior Ministry").branch.key
    'interior ministry'
    """
    for part in _APART.split(phrase.replace("’", "'")):
        tokens = _WORD.findall(part)[:MOST_WORDS]
        found = _in(tokens) if tokens else None
        if found is not None:
            return found
    return None


def is_medium(found: Found) -> bool:
    """Whether what is named publishes, and is nothing else."""
    return found.branch is None and found.sectors == ("MED",)


def names_nobody(phrase: str) -> bool:
    """Whether the words are of nobody in particular: "sources", "local media", "many", "reports from the village"."""
    head, case, rest = _head([t for t in _WORD.findall(phrase)[:MOST_WORDS] if t.lower() not in ("a", "an", "the")])
    if case == "by" and rest:
        return names_nobody(" ".join(rest))
    tokens = [singular(t) for t in head]
    known = words().nobody | words().abstract | words().modifiers
    return all(t in known for t in tokens) and (not rest or not tokens or tokens[-1] in words().abstract)


def presides_elsewhere(phrase: str) -> bool:
    """Whether somebody is president of something that is no state: then "the president" is not the head of state either."""
    tokens = [singular(t) for t in _WORD.findall(phrase)[:MOST_WORDS]]
    if not any(is_headship(Found(known)) for t in tokens if (known := words().branches.get(t))):
        return False
    found = institution(phrase)
    return found is None or not is_headship(found)


def is_common_noun(name: str) -> bool:
    """Whether a name is a noun for people, alone or before a preposition: "Residents of Osh"."""
    head = _head([t for t in _WORD.findall(name) if t.lower() not in ("a", "an", "the")])[0]
    if head and singular(head[0]) in words().nobody:
        return True
    role = agents().phrases.get(singular(head[0])) if len(head) == 1 else None
    return len(head) == 1 and is_common(head[0]) and not (role and role.nature == "body")


def is_common(word: str) -> bool:
    """Whether a word is a noun for persons or bodies, capital or not: "Officials" is nobody's name."""
    key = singular(word)
    return (
        key in agents().phrases
        or key in words().nobody | words().abstract
        or key in words().branches
        or key in words().modifiers
    )


def is_first_person(phrase: str) -> bool:
    """Whether the article speaks of itself: "we", "our"."""
    return phrase.strip().lower() in words().first_person


def head_noun(phrase: str) -> str:
    """What an unnamed voice is called, in the singular: "a 34-year-old builder" is a builder, "residents of Osh" a
    resident, "rights groups" are a rights group."""
    first = next((part for part in _APART.split(phrase) if part.strip()), "")
    head, case, rest = _head(_WORD.findall(first)[:MOST_WORDS])
    tokens = [singular(t) for t in head if t.lower() not in _SMALL]
    last = tokens[-1] if tokens else ""
    if rest and last in {"by": words().abstract, "of": words().nobody}.get(case, ()):
        return head_noun(" ".join(rest))  # "estimates by organisers", "some of the protesters"
    role = agents().phrases.get(last)
    told_by_the_word_before = role is not None and role.nature.startswith("generic") and len(tokens) > 1
    return " ".join(tokens[-2:]) if told_by_the_word_before and tokens[-2] not in words().modifiers else last


def _head(tokens: list[str]) -> tuple[list[str], str, list[str]]:
    """The words up to the first preposition or relative pronoun, that word, and what stands behind it."""
    for at, token in enumerate(tokens):
        following = tokens[at + 1].lower() if at + 1 < len(tokens) else ""
        doing = token.endswith("ing") and following in _DETERMINERS  # "using the name"
        if at > 0 and (doing or token.lower() in _CASE | _RELATIVE):
            return tokens[:at], token.lower(), tokens[at + 1 :]
    return tokens, "", []


def _in(tokens: list[str]) -> Found | None:
    """The institution of one part of a phrase, without commas."""
    tokens = [t for t in tokens if t.lower() not in ("the", "a", "an")]
    whole = tokens
    tokens, owner = _unowned(tokens)
    if len(tokens) < len(whole) and len(tokens) == 1 and singular(tokens[0]) in words().speakers:
        return _in([*whole[:-2], whole[-2].removesuffix("'s").removesuffix("'")])  # "the ministry's website"
    if any(t.lower() in agents().former or t.lower() in words().unofficial for t in tokens[:3]):
        return None
    head, case, rest = _head(tokens)
    found = _house(head) or _ministry(head, case, rest) or _named(head) or _of_branch(head)
    speaks = any(singular(t) in words().speakers for t in head)
    if case == "of" and is_headship(found) and _country(rest) is None:
        return _in(rest)
    if speaks and case in words().behind and rest and (found is None or is_vague(found)):
        found = _in(rest) or found
    if found is None:
        return None
    return found._replace(country=owner or _country(head) or found.country or _country(_until_relative(rest)))


def is_vague(found: Found) -> bool:
    """Whether the words behind tell more: an "official of the health ministry" is the ministry's."""
    return found.branch is not None and found.branch.key in ("authorities", "government", "security forces")


def is_headship(found: Found | None) -> bool:
    """Whether it is an office that others than states have: the president of a club is not the head of state."""
    return found is not None and found.branch is not None and found.branch.key in ("presidency", "parliament")


def _until_relative(tokens: list[str]) -> list[str]:
    cut = next((at for at, t in enumerate(tokens) if t.lower() in _RELATIVE), len(tokens))
    return tokens[:cut]


def _unowned(tokens: list[str]) -> tuple[list[str], str | None]:
    """Without the owner before a possessive, and the owner's country; "mayor's office" and the like stay whole."""
    for at, token in reversed(list(enumerate(tokens))):
        if token.lower().endswith(("'s", "s'")) and not _starts_a_word(tokens, at):
            return tokens[at + 1 :], _country([*tokens[:at], token.removesuffix("'s").removesuffix("'")])
    return tokens, None


def _starts_a_word(tokens: list[str], at: int) -> bool:
    """Whether the possessive belongs to an institution's own name, as in "prosecutor general's office"."""
    return any(
        key_of(" ".join(tokens[start : at + 2]).lower()) in words().branches for start in range(max(0, at - 2), at + 1)
    )


def _country(tokens: list[str]) -> str | None:
    """The country whose name or demonym stands among the words, the longest first; capitals are words too often."""
    for size in (3, 2, 1):
        for start in range(len(tokens) - size + 1):
            known = senses(" ".join(tokens[start : start + size]))
            if known.keys() & {"name", "demonym"}:
                return known.get("name") or known.get("demonym")
    return None


def _runs(tokens: list[str]) -> Iterator[tuple[int, int, str]]:
    """All runs of up to LONGEST words, the longest first and of these the last, in the singular and in lower case."""
    for size in range(min(LONGEST, len(tokens)), 0, -1):
        for start in range(len(tokens) - size, -1, -1):
            yield start, start + size, key_of(" ".join(tokens[start : start + size]).lower())


def _house(head: list[str]) -> Found | None:
    for _, _, run in _runs(head):
        if run in words().houses:
            state, key = words().houses[run]
            return Found(branch(key), country=state)
    return None


def _ministry(head: list[str], case: str, rest: list[str]) -> Found | None:
    """ "Interior Ministry", "Foreign Secretary", "Ministry of Internal Affairs", "minister for health"."""
    lower = [singular(t) for t in head]
    for at, noun in reversed(list(enumerate(lower))):
        if noun not in words().ministries:
            continue
        before = next(
            (p for size in (2, 1) if (p := " ".join(lower[max(0, at - size) : at])) in words().portfolios), ""
        )
        behind = (
            [t.lower() for t in rest if t.lower() != "the"] if case in ("of", "for") and at == len(lower) - 1 else []
        )
        after = next((p for size in (2, 1) if (p := " ".join(behind[:size])) in words().portfolios), "")
        portfolio = before or after
        if portfolio and portfolio in words().narrow.get(noun, {portfolio}):
            return Found(branch(f"{words().portfolios[portfolio]} ministry"), country=_country(behind[1:]) or None)
    return None


def _named(head: list[str]) -> Found | None:
    """A body by its name: the whole phrase, or what stands before or behind somebody who speaks for it."""
    if not any(t[:1].isupper() for t in head):
        return None
    speaks = any(singular(t) in words().speakers for t in head)
    for size in range(min(len(head), 8), 0, -1):
        if size < len(head) and not speaks:
            return None
        for start in range(len(head) - size + 1):
            name = " ".join(head[start : start + size]).removesuffix("'s")
            known = body(name)
            if known is not None and name[:1].isupper():
                return _of_body(known if known.name else known._replace(name=name))
    return None


def _of_body(known: Body) -> Found:
    """A ministry, an army or a police force that the lexicon has by name is a branch all the same."""
    as_branch = _of_branch(known.name.split()) or _ministry(known.name.split(), "", [])
    if as_branch is not None and known.country:
        return as_branch._replace(country=known.country)
    return Found(None, known.name, known.sectors, known.country or None)


def _of_branch(head: list[str]) -> Found | None:
    """The branch that the last word of a body or an office in the phrase is of."""
    best: tuple[int, int, Branch] | None = None
    for start, end, run in _runs(head):
        known = words().branches.get(run)
        if known is not None and (best is None or end > best[1] or (end == best[1] and start < best[0])):
            if best is None or start >= best[1] or end >= best[1]:
                best = start, end, known
    if best is None or not _ends_there(head[best[1] :]):
        return None
    if is_headship(Found(best[2])) and any(
        t[:1].isupper() and not _country([t]) for t in head[: best[0]] if not is_common(t)
    ):
        return None  # "the Harbour Club president"
    return Found(best[2])


def _ends_there(behind: list[str]) -> bool:
    """Whether only the name of a person, or a word for who speaks, follows: "police spokesman", but no "police union"."""
    return all(t[:1].isupper() or singular(t) in words().speakers or t.isdigit() for t in behind)
