"""Dumps of MediaWiki (`pages-articles.xml`), Wikinews foremost: each page of the main namespace is an article."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from sayso.errors import InputError, TooMuchInput, UnreadableInput
from sayso.reading.articles import LIMIT_CHARS, make_article
from sayso.reading.wikitext import is_redirect, read_wikitext
from sayso.records import Article

LONGEST = 8 * 1024 * 1024
"""Bytes between the end of one page and of the next: MediaWiki itself refuses pages of more than two megabytes."""
PIECE = 1 << 16
MAIN = "0"
"""The namespace of articles."""


@dataclass
class _Site:
    """What the head of a dump says of the wiki."""

    name: str | None = None
    base: str | None = None
    language: str | None = None

    def address(self, title: str) -> str | None:
        """Where a page is: beside the main page, which `base` is the address of."""
        from urllib.parse import quote

        if not self.base or "/" not in self.base.partition("://")[2]:
            return None
        return f"{self.base.rpartition('/')[0]}/{quote(title.replace(' ', '_'), safe='/:,()!*@$;~')}"


def read_mediawiki(
    stream: BinaryIO, *, name: str, source: str, limit_chars: int = LIMIT_CHARS
) -> Iterator[Article | InputError]:
    """One article or error a page, in order. Redirects and pages of other namespaces are passed over.

    Of several revisions the last is taken. Where the XML is broken or cut off, what came before is kept and the last value is
    the error.
    """
    site, last = _Site(), None
    try:
        for tag, element in _elements(_Bounded(stream, name)):
            if tag == "page":
                last = _of(element, "title") or last
                found = _page(element, site, name, source, limit_chars)
                if found is not None:
                    yield found
            else:
                _tell(site, element)
    except _Broken as error:
        yield UnreadableInput(name if last is None else f"{name}, after {last!r}", f"broken XML: {error}")
    except InputError as error:
        yield error


class _Broken(Exception):
    """The XML ends here, for this reason."""


def _elements(stream: _Bounded) -> Iterator[tuple[str, Any]]:
    """The dump's head and its pages, each gone from memory when the next is asked for. No entity is followed."""
    from lxml import etree  # type: ignore[import-untyped]

    events = etree.iterparse(
        stream, events=("end",), tag=("{*}page", "{*}siteinfo"), huge_tree=False, resolve_entities=False, no_network=True,
        load_dtd=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        for _, element in events:
            yield etree.QName(element).localname, element
            stream.forget()
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    except etree.XMLSyntaxError as error:
        raise _Broken(str(error.msg or "it ends too soon")[:120]) from None
    except ValueError as error:  # a name of an element that is none
        raise _Broken(str(error)[:120]) from None


def _tell(site: _Site, element: Any) -> None:
    site.name = _of(element, "sitename") or None
    site.base = _of(element, "base") or None
    root = element.getparent()
    if root is not None:
        site.language = root.get("{http://www.w3.org/XML/1998/namespace}lang")


def _page(page: Any, site: _Site, name: str, source: str, limit_chars: int) -> Article | InputError | None:
    title = _of(page, "title")
    if _of(page, "ns") not in (MAIN, "") or page.find("{*}redirect") is not None or not title:
        return None
    revisions = page.findall("{*}revision")
    raw = _of(revisions[-1], "text") if revisions else ""
    if is_redirect(raw):  # dumps of old say so nowhere else
        return None
    called = f"{name}:{title}"
    if len(raw) > 4 * limit_chars:
        return TooMuchInput(called, f"{len(raw):,} characters of wikitext, more than {4 * limit_chars:,}")
    try:
        read = read_wikitext(raw, name=called)
        fields = {
            "text": "\n\n".join((title, *read.paragraphs)) if read.paragraphs else "",
            "title": title,
            "published": read.published,
            "url": site.address(title),
            "outlet": site.name,
            "language": site.language,
            "categories": read.categories,
        }
        article = make_article(fields, name=called, source=f"{source}#{title}", limit_chars=limit_chars)
    except InputError as error:
        return error
    return article.made_of(raw.encode("utf-8", "surrogatepass"))


def _of(element: Any, tag: str) -> str:
    """The text of a child; empty where there is none."""
    return (element.findtext(f"{{*}}{tag}") or "").strip()


class _Bounded:
    """A stream that ends in an error where one page is too long."""

    def __init__(self, stream: BinaryIO, name: str) -> None:
        self._stream, self._name = stream, name
        self._since = 0

    def forget(self) -> None:
        """A page was read whole: what comes next may be as long again."""
        self._since = 0

    def read(self, size: int = PIECE) -> bytes:
        data = self._stream.read(min(size, PIECE) if size > 0 else PIECE)
        self._since += len(data)
        if self._since > LONGEST:
            raise TooMuchInput(self._name, f"a page of more than {LONGEST:,} bytes")
        return data
