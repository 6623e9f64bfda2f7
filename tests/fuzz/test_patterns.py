"""No regular expression tries again and again: what it takes grows no faster than with the square, and for nothing by powers of two."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import pytest

from fuzz.patterns import pumped, written
from sayso.reading import dates
from sayso.reading.furniture import LONGEST, catalogue

PROGRAM = Path(__file__).with_name("patterns.py")
SHORT, LONG = 100, 1_000
"""Characters of the texts."""
MOST_SECONDS = 0.5
"""For the long one; what grows with the square takes a hundredth of it, what grows with the cube some seconds."""


class Late(Exception):
    """A pattern that took too long."""


@contextmanager
def _within(seconds: float) -> Iterator[None]:
    def over(number: int, frame: FrameType | None) -> None:
        raise Late

    before = signal.signal(signal.SIGVTALRM, over)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def late(pattern: str | bytes, flags: int, longest: int = LONG) -> str | None:
    """The first text for which the pattern takes too long, from the short ones on."""
    made = re.compile(pattern, flags)
    for length in sorted({min(SHORT, longest), min(LONG, longest)}):
        for text in pumped(pattern, flags, length):
            given = text.encode("latin-1", "replace") if isinstance(pattern, bytes) else text
            try:
                with _within(MOST_SECONDS):
                    for look in (made.match, made.search):
                        look(given)  # type: ignore[arg-type]
            except Late:
                return text[:40]
    return None


def bounds() -> dict[str, int]:
    """Patterns that only see lines up to a length, and that length."""
    lines = {dates._DATE_LINE.pattern: dates._LONGEST_LINE}
    return lines | {one.pattern.pattern: LONGEST for one in catalogue()}


@pytest.fixture(scope="module")
def patterns() -> list[tuple[str | bytes, int]]:
    """All that are written or made in sayso, those of the lexicon too."""
    done = subprocess.run([sys.executable, PROGRAM], capture_output=True, encoding="utf-8", check=True, timeout=300)
    return [(one.encode("latin-1") if is_bytes else one, flags) for one, flags, is_bytes in json.loads(done.stdout)]


def test_no_pattern_backtracks_without_bound(patterns: list[tuple[str | bytes, int]]) -> None:
    """Every pattern of the code and of the lexicon, on texts made of its own repetitions that do not match in the end."""
    assert len(patterns) > 200
    assert {one for one, _ in written()} <= {one for one, _ in patterns}
    seen = bounds()
    slow = {str(one)[:80]: text for one, flags in patterns if (text := late(one, flags, seen.get(str(one), LONG)))}
    assert slow == {}


@pytest.mark.parametrize("pattern", [r"(a+)+b", r"(\w+\s?)+x", rb"(?:<+)+!", r"\d*\d*\d*\d*x"])
def test_what_backtracks_is_found(pattern: str | bytes) -> None:
    """The texts are such that patterns known to be bad take too long on them."""
    assert late(pattern, 0)


@pytest.mark.parametrize("pattern", [r"a+b", r"[^\W\d_]+", rb"^x{2,40}\s*$", r"(?:a|b)+c"])
def test_what_does_not_is_not(pattern: str | bytes) -> None:
    """Patterns that read on and never back take no time."""
    assert not late(pattern, 0)
