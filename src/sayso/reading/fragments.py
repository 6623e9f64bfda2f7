"""A piece of HTML as its paragraphs: what feeds hold of a report. There is no furniture in it, as there is around a page's."""

from __future__ import annotations

import re
from typing import Any

BLOCKS = frozenset(
    "address article aside blockquote br dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre "
    "section table td th tr ul".split()
)
DROPPED = frozenset("audio button canvas embed form iframe noscript object script style svg template video".split())
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")


def paragraphs_of(html: str) -> list[str]:
    """The text of each block, white space as single spaces; blocks without text are left out. Broken HTML is read as far as it goes."""
    from lxml import etree  # type: ignore[import-untyped]
    from lxml import html as lxml_html

    if not html.strip():
        return []
    try:
        tree = lxml_html.document_fromstring(f"<div>{_CONTROLS.sub('', html)}</div>")
    except (etree.LxmlError, ValueError):
        return []
    found: list[str] = [""]
    walk = etree.iterwalk(tree, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        _take(found, event, element, walk)
    return [line for text in found if (line := " ".join(text.split()))]


def _take(found: list[str], event: str, element: Any, walk: Any) -> None:
    """Add what comes with an element's beginning, or what follows its end."""
    is_block = element.tag in BLOCKS
    if is_block:
        found.append("")
    if event != "start":
        found[-1] += element.tail or ""
    elif element.tag in DROPPED:
        walk.skip_subtree()
    else:
        found[-1] += element.text or ""


def plain(html: str) -> str:
    """A short piece of HTML, such as a title, as one line."""
    return " ".join(paragraphs_of(html)) if "<" in html or "&" in html else " ".join(html.split())
