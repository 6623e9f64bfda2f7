"""The head of a page: title, standfirst and byline, before the first paragraph of prose."""

from __future__ import annotations

from sayso.reading import headlines
from sayso.reading.bylines import is_names
from sayso.reading.page import HEAD, Page, bare
from sayso.records import BlockKind, Span

NEAR_TOP = 3
"""A title that nothing else tells is one of the first so many paragraphs that could be one."""
_TITLE_ENDS = ".!?:|–—-"


def mark_head(page: Page, title: str | None) -> None:
    """Mark title, standfirst and byline before the first paragraph of prose. `title` is the one known from elsewhere."""
    body = page.first_sentence()
    if body is None:
        _mark_lone_headline(page, title)
        return
    known = _known_title(page, title)
    before = [at for at in page.open() if at < body][:HEAD]
    at = known if known is not None else _pick_title(page, before[:NEAR_TOP], body)
    if at is None:
        return
    page.kinds[at] = "title"
    for other in page.open():
        if other >= max(body, at):
            break
        page.kinds[other] = _beside_title(page, other, other > at)
    _mark_standfirst(page, at)


def _mark_lone_headline(page: Page, title: str | None) -> None:
    """A text without a paragraph of prose: a headline alone, or loose lines."""
    known = _known_title(page, title)
    rest = page.open()
    if known is not None:
        page.kinds[known] = "title"
    elif len(rest) == 1 and headlines.is_lone_headline(page.lines[rest[0]]):
        page.kinds[rest[0]] = "title"


def _known_title(page: Page, title: str | None) -> int | None:
    """The paragraph that repeats the title given with the article, or one that it begins with ("Title | Outlet")."""
    wanted = bare(title or "")
    if not wanted:
        return None
    for at in range(min(HEAD, len(page.lines))):
        found = bare(page.lines[at])
        if found == wanted or (headlines.count_words(page.lines[at]) >= 4 and wanted.startswith(found + " ")):
            return at
    return None


def _pick_title(page: Page, before: list[int], body: int) -> int | None:
    if before:
        long = [
            at for at in before if headlines.count_words(page.lines[at]) >= 4 and headlines.is_headline(page.lines[at])
        ]
        short = [at for at in before if headlines.is_headline(page.lines[at]) and not is_names(page.lines[at])]
        return next(iter(long or short), None)
    if page.kinds[body] is not None:
        return None
    following = next((at for at in page.open(body + 1)), None)
    line = page.lines[body]
    if following is None or body > HEAD or not headlines.is_sentence(page.lines[following]):
        return None
    marked = headlines.is_title_case(line) or line.isupper() if not page.shouting else False
    asked = line.endswith("?") and headlines.is_headline(line)
    return body if (marked or asked) and headlines.count_words(line) <= headlines.LONGEST_HEADLINE else None


def _beside_title(page: Page, at: int, after: bool) -> BlockKind:
    line = page.lines[at]
    words = headlines.count_words(line)
    if bare(line) in {bare(page.lines[other]) for other in range(min(at, HEAD)) if page.kinds[other] == "title"}:
        return "boilerplate"
    if is_names(line) and words <= 5:
        return "byline" if after else "boilerplate"
    if headlines.is_credited(line):
        return "caption"
    if words <= 3:
        return "boilerplate"
    if after:
        return "standfirst" if words <= 60 else "body"
    return "boilerplate" if words <= 5 else "body"


def _mark_standfirst(page: Page, title: int) -> None:
    """A sentence between the title and the byline or date is the standfirst, though it ends with a stop."""
    at = title + 1
    if at + 2 >= len(page.lines) or page.kinds[at] is not None or headlines.count_words(page.lines[at]) > 60:
        return
    if page.kinds[at + 1] in ("byline", "date") and page.open(at + 2):
        page.kinds[at] = "standfirst"


def split_title(page: Page, title: str | None) -> None:
    """Where the first paragraph begins with the known title and goes on after a stop or a dash, cut it there."""
    if not title or not page.spans:
        return
    span = page.spans[0]
    at = _after_prefix(page.text, span, title)
    if at is None or at >= span.end:
        return
    cut = at
    while cut < span.end and page.text[cut] in _TITLE_ENDS:
        cut += 1
    stopped = cut > at or (title.rstrip()[-1:] in _TITLE_ENDS)
    rest = cut
    while rest < span.end and page.text[rest].isspace():
        rest += 1
    if rest == cut or rest >= span.end or not (stopped or "\n" in page.text[cut:rest] or rest - cut > 1):
        return
    page.spans[0:1] = [Span(span.start, cut), Span(rest, span.end)]
    page.lines[0:1] = [
        " ".join(page.text[span.start : cut].split()),
        " ".join(page.text[rest : min(span.end, rest + 2000)].split()),
    ]
    page.kinds[0:1] = ["title", None]


def _after_prefix(text: str, span: Span, title: str) -> int | None:
    """Where the title ends that the paragraph begins with, white space compared as one space; None without."""
    at = span.start
    for word in title.split():
        while at < span.end and text[at].isspace():
            at += 1
        if not text.startswith(word, at, span.end):
            return None
        at += len(word)
    return at
