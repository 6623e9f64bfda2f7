"""Bylines and credits of reporters: "By Jane Roe", "Own. corr. XYZ", "(Reporting by …; editing by …)"."""

from __future__ import annotations

import re

MOST_WORDS = 16

_NAME = r"(?:[^\W\d_a-z][\w.'’-]*|(?:de|van|von|der|den|la|le|el|al|bin|ibn|da|do|dos|di|du)\b)"
_ROLE = (
    r"(?:(?:a|an|our|the|own|special|staff|senior|chief|political|foreign|diplomatic|regional|local|defen[cs]e|security|crime|war|"
    r"world|news|associated|press|middle|east|africa|asia|europe|national|stringer|free-?lance|contributing|web|online)\W+)*"
    r"(?:correspondents?|corr\.?|reporters?|writers?|editors?|journalists?|bureau|staff|agenc(?:y|ies)|desk|newsroom|team|"
    r"contributors?|columnists?|monitoring|newswires?|wires)\b"
)
_BY = re.compile(
    r"\W{0,2}(?:(?:words|story|text|report|reported|written|posted|submitted|article|authored)\s+)?by\s*:?\s+(.+)",
    re.IGNORECASE | re.DOTALL,
)
_ROLE_LINE = re.compile(rf"[(–—-]?\s?(?:from\s+)?{_ROLE}.{{0,60}}", re.IGNORECASE | re.DOTALL)
_OWN = re.compile(
    r"\W{0,3}(?:own|our|special|spec|staff)\.?\s+corr(?:\.|espondent\b).{0,60}", re.IGNORECASE | re.DOTALL
)
_CREDIT = re.compile(
    r"\W{0,2}(?:(?:additional |with |further )*(?:reporting|writing|editing|compiled|edited|written|translated|report|translation)\s+by\b"
    r"|(?:with |additional )*reporting from\b|(?:with|additional) (?:inputs?|reports?|material|information) from\b|agencies contributed"
    r"|.{3,120}\b(?:contributed to this (?:report|story|article)|contributed (?:additional )?reporting|contributed reporting))",
    re.IGNORECASE | re.DOTALL,
)
_CREDIT_WORDS = 60
_SAYS = re.compile(
    r"\b(?:said|says|showed|shows|suggest(?:s|ed)?|confirm(?:s|ed)?|quote[sd]?|(?:is|was|were|are|has|have|had) )\b(?! contributed)",
    re.IGNORECASE,
)
_AUTHOR = re.compile(
    r"(?:authors?|reporters?|source|byline|writer|correspondent)\s*[:|]\s*(.+)", re.IGNORECASE | re.DOTALL
)
# As messengers write it above a message that was passed on
_FORWARDED = re.compile(r"\W{0,4}forwarded (?:message )?from:?\s([^.,;:!?]{1,60})", re.IGNORECASE)
_NAMES = re.compile(
    rf"{_NAME}(?:\s+{_NAME}){{0,4}}(?:(?:\s*,\s*|\s+(?:and|&|in|for|of|at|from|with|on|/)\s+(?:the\s+)?|\s*[|/·•–—]\s*|\s+-\s+){_NAME}(?:\s+{_NAME}){{0,4}}){{0,5}}\W?"
)
_SMALL = frozenset("and for in of the from with on at by our de van von der la le el al & our special staff".split())


def byline(paragraph: str) -> str | None:
    """Who wrote it, as the paragraph names them, when it is a byline or a credit; None when it is neither.

    `paragraph` has single spaces. "By Wednesday evening more than 500 cases were recorded" is none.
    """
    words = paragraph.count(" ") + 1
    by = _BY.fullmatch(paragraph) if words <= MOST_WORDS else None
    if by and _is_signature(by[1]):
        return by[1].strip()
    if words <= _CREDIT_WORDS and _CREDIT.match(paragraph) and not _SAYS.search(paragraph):
        return paragraph.strip("()[] ")
    if words > MOST_WORDS:
        return None
    forwarded = _FORWARDED.fullmatch(paragraph)
    if forwarded:
        return forwarded[1].strip()
    author = _AUTHOR.fullmatch(paragraph)
    if author and _is_signature(author[1]):
        return author[1].strip()
    if _OWN.fullmatch(paragraph) and not paragraph.endswith("?"):
        return paragraph
    if (
        words <= 8
        and not paragraph.endswith(("?", "!", "...", "…"))
        and _ROLE_LINE.fullmatch(paragraph)
        and _capitals_and_roles(paragraph)
    ):
        return paragraph
    return None


def is_names(paragraph: str) -> bool:
    """Whether the line holds nothing but two or more capitalised words such as a name: "Jane Roe", "Jane Roe, Oruro"."""
    words = paragraph.split()
    return 2 <= len(words) <= 9 and not paragraph.isupper() and _NAMES.fullmatch(paragraph) is not None


def _is_signature(names: str) -> bool:
    """Whether every word is a name or belongs to a role ("our correspondent in La Paz"), so that it is no prose."""
    if re.match(_ROLE, names, re.IGNORECASE):
        return _capitals_and_roles(names)
    return _NAMES.fullmatch(names) is not None or _capitals_and_roles(names)


def _capitals_and_roles(text: str) -> bool:
    plain = re.sub(_ROLE, " ", text, flags=re.IGNORECASE)
    if re.search(r"[.!?]\s+\S+\s+\S+\s+\S", plain):
        return False
    words = re.findall(r"[^\W\d_][\w.'’-]*", plain)
    return all(not word[0].islower() or word.lower() in _SMALL for word in words)
