"""Bodies known by name: the sectors and the home state of "Boko Haram", "the FBI", "ECOWAS".

The names are those of `lexicon/organisations.toml` and the few of `agents.toml` that have several codes or are other words too.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple

from sayso.coding.agents import LONGEST_PHRASE, agents, singular
from sayso.coding.tables import table
from sayso.errors import LexiconError

SHORT_NAME = 5
"""Characters up to which a name in capitals is taken for an acronym of something else."""
LEAST_INSIDE = 3
"""Letters of an acronym that is looked for inside a longer name."""
MOST_WORDS = 12
"""Words of a name that are looked at."""
WORLD = ""
"""The home of bodies that are of no one state."""


class Body(NamedTuple):
    """Agent codes, and the alpha-3 code of the home state: "" for bodies of the world, None where it is not known.

    `name`: its first name in the lexicon; two names of one body have the same.
    """

    sectors: tuple[str, ...]
    country: str | None
    name: str = ""
    presumed: str | None = None
    """The home of a body whose name bodies of other states have too, where the article speaks of no other."""


NOBODY = Body((), None)


@cache
def bodies() -> dict[str, Body]:
    """All of them by name. Raises LexiconError where an entry is none."""
    found: dict[str, Body] = {}
    for name, sectors in agents().names.items():
        found[name] = Body(sectors, WORLD if "IGO" in sectors else agents().homes.get(name))
        if len(name) > SHORT_NAME:  # for texts in capitals
            found.setdefault(name.upper(), found[name])
    for code, entries in table("organisations").items():
        for name, row in entries.items():
            if not row or not all(isinstance(one, str) for one in row):
                raise LexiconError(f"organisations.toml, {name}: a country and other names are wanted")
            country, *others = row
            for one in (name, *others):
                common = country and all(word.lower() in agents().common_names for word in one.split())
                body = Body((code,), None if common else country, name, country if common else None)
                found.setdefault(one, body)
                if len(one) > SHORT_NAME:
                    found.setdefault(one.upper(), body)
    return found


def body(name: str) -> Body | None:
    """The body of exactly this name, with or without "the"."""
    known = bodies()
    plain = name.replace("’", "'")
    return known.get(plain) or known.get(plain.removeprefix("the ").removeprefix("The "))


@lru_cache(maxsize=16_384)
def body_of_name(name: str) -> Body:
    """What a proper name shows of a body: a known name in it, or a word such as "Ministry" or "Court".

    The longest known name wins, but the noun at the end of a name tells more than a name inside it: the "Senate Electoral
    Tribunal" is a court.
    """
    words = [w for w in name.replace("’", "'").split() if w.lower() != "the"][:MOST_WORDS]
    whole = body(" ".join(words).removesuffix("'s"))
    if whole is not None:
        return whole
    inside = _inside(words)
    shown = _by_words(words)
    if inside is None:
        return Body(shown, None)
    ends = _last_noun(words)
    return Body(ends or inside.sectors, inside.country)  # another body than the one inside its name


def sectors_of_name(name: str) -> tuple[str, ...]:
    """Codes that a proper name shows."""
    return body_of_name(name).sectors


def is_of_the_world(name: str) -> bool:
    """Whether the name is of a body that is of no one state."""
    return body_of_name(name).country == WORLD


def _inside(words: list[str]) -> Body | None:
    """The longest known name within a longer one, the first of several as long."""
    known = bodies()
    for size in range(len(words) - 1, 0, -1):
        for start in range(len(words) - size + 1):
            one = " ".join(words[start : start + size]).removesuffix("'s")
            if one in known and (size > 1 or one in agents().names or (one.isupper() and len(one) >= LEAST_INSIDE)):
                return known[one]
    return None


def _last_noun(words: list[str]) -> tuple[str, ...]:
    """The code of the noun that ends the name, where that is a noun of bodies of one kind."""
    found = agents().within.get(singular(words[-1].strip("“”\"'.,"))) if words else None
    return found or ()


def _by_words(words: list[str]) -> tuple[str, ...]:
    data = agents()
    keys = [singular(w.strip("“”\"'.,")) for w in words]
    for size in range(min(LONGEST_PHRASE, len(keys)), 0, -1):
        for start in range(len(keys) - size, -1, -1):
            phrase = " ".join(keys[start : start + size])
            found = data.within.get(phrase)
            if found is None and size > 1:
                role = data.phrases.get(phrase)
                found = role.sectors if role is not None and role.nature == "body" else None
            if found:
                return found
    for key in reversed(keys):
        role = data.phrases.get(key)
        if role is not None and role.nature == "body" and role.sectors:
            return role.sectors
    return ()
