"""Why somebody decided something: asked for wherever a decision of incidents is made."""

from __future__ import annotations

from sayso.desk.errors import Invalid

LONGEST = 2000
"""Characters of a reason."""


def reason(words: str) -> str:
    """A reason as it is kept. Raises Invalid for none."""
    given = words.replace("\0", "").strip()
    if not given:
        raise Invalid("Say why: whoever reads this later must understand what was decided.")
    if len(given) > LONGEST:
        raise Invalid(f"A reason has at most {LONGEST:,} characters.")
    return given
