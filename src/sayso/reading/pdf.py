"""PDF, as a last resort: the lines that are printed on its pages, put together to paragraphs.

A PDF says neither what a paragraph is nor when it was published; the day on which the file was made is no such day.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from statistics import median

from sayso.errors import TooMuchInput, UnreadableInput
from sayso.reading.articles import LIMIT_CHARS, make_article
from sayso.records import Article

PROGRAM = Path(__file__).with_name("pdf_pages.py")
"""Run by itself: it imports nothing of sayso, and so begins soon. "-P", since modules beside it are called as Python's own."""
LIMIT_BYTES = 50_000_000
LIMIT_SECONDS = 20
MOST_PAGES = 300
EDGE = 3
"""Lines at the head and at the foot of a page that may be repeated on others."""
MOST_SHARE = 0.5
"""A line at the edge of more than this share of the pages is no part of the report."""
FEWEST_PAGES = 3
"""On fewer pages nothing is repeated often enough to tell."""
SHORT = 0.8
"""A line that ends a sentence and is shorter than this part of a full line ends a paragraph."""

_HYPHEN = re.compile(r"(\w)[-\u2010\u00ad]$")
_SENTENCE_END = re.compile(r"[.!?:…][\"'”’»)\]]*$")
_SURROGATES = re.compile("[\ud800-\udfff]")


def read_pdf(data: bytes, *, name: str, source: str, limit_chars: int = LIMIT_CHARS) -> Article:
    """The article of a PDF. Raises UnreadableInput where there is no text or it is encrypted, TooMuchInput over a limit."""
    if len(data) > LIMIT_BYTES:
        raise TooMuchInput(name, f"a PDF file of {len(data):,} bytes, more than {LIMIT_BYTES:,}")
    pages = [_SURROGATES.sub("\ufffd", page) for page in _pages(data, name)]
    if not any(page.strip() for page in pages):
        raise UnreadableInput(name, "no text in the PDF file: its pages are images, which are not read")
    fields = {"text": "\n\n".join(paragraphs_of(pages))}
    return make_article(fields, name=name, source=source, limit_chars=limit_chars).made_of(data)


def _pages(data: bytes, name: str) -> list[str]:
    command = [sys.executable, "-P", str(PROGRAM), str(LIMIT_SECONDS), str(MOST_PAGES)]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=LIMIT_SECONDS, check=False)  # noqa: S603  # our own program
        found = json.loads(done.stdout)
    except subprocess.TimeoutExpired:
        raise TooMuchInput(name, f"the PDF file took longer than {LIMIT_SECONDS} seconds to read") from None
    except ValueError:  # it was ended by the system, or by a fault of its own
        raise UnreadableInput(name, "the PDF file cannot be read: what reads it was stopped") from None
    if "refused" in found:
        raise UnreadableInput(name, found["refused"])
    pages: list[str] = found["pages"]
    return pages


def paragraphs_of(pages: list[str]) -> list[str]:
    """The paragraphs of some pages' lines. What is repeated at their edges is left out, and words are put together again."""
    lines = [[" ".join(line.split()) for line in page.splitlines()] for page in pages]
    repeated = _repeated(lines)
    kept = [line for page in lines for line in _without(page, repeated)]
    if not any(kept):  # pages that are all alike
        kept = [line for page in lines for line in page]
    full = median(len(line) for line in kept if line) if any(kept) else 0
    found: list[str] = []
    is_open = False
    for line in kept:
        if not line:
            is_open = is_open and not _SENTENCE_END.search(found[-1])
            continue
        if is_open:
            found[-1] = _joined(found[-1], line)
        else:
            found.append(line)
        is_open = not (_SENTENCE_END.search(line) and len(line) < SHORT * full)
    return found


def _joined(before: str, line: str) -> str:
    if _HYPHEN.search(before) and line[:1].islower():
        return before[:-1] + line
    return f"{before} {line}"


def _repeated(pages: list[list[str]]) -> frozenset[str]:
    """Lines at the edges, without their numbers, that stand on most pages."""
    if len(pages) < FEWEST_PAGES:
        return frozenset()
    counted = Counter(shape for page in pages for shape in {_shape(page[at]) for at in _edge(page)})
    return frozenset(shape for shape, count in counted.items() if count > MOST_SHARE * len(pages))


def _without(page: list[str], repeated: frozenset[str]) -> list[str]:
    edge = _edge(page)
    return [line for at, line in enumerate(page) if at not in edge or _shape(line) not in repeated]


def _edge(page: list[str]) -> frozenset[int]:
    """Which lines with words are at the page's head or foot."""
    lines = [at for at, line in enumerate(page) if line]
    return frozenset((*lines[:EDGE], *lines[-EDGE:]))


def _shape(line: str) -> str:
    return re.sub(r"\d+", "0", line).lower()
