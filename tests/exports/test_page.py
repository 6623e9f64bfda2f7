"""The HTML page: whole, self-contained, and safe whatever the article says."""

from __future__ import annotations

from html.parser import HTMLParser
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from made import INFO, TEXT, coding, renamed
from sayso.exports.marks import Mark, escape, highlighted, paragraphs
from sayso.exports.page import foot, fragment, head, page, section
from sayso.records import Article, Block, Coding, Span, Statement

VOID = {"meta", "br"}


class Checker(HTMLParser):
    """Fails where elements do not nest; collects text, ids and what is linked."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.text: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert not (tag == "a" and "a" in self.open), "links within links"
        self.tags.append(tag)
        values = dict(attrs)
        self.attributes += values
        self.ids += [values["id"] or ""] if "id" in values else []
        self.links += [values[k] or "" for k in ("href", "src") if k in values]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def check(html: str) -> Checker:
    found = Checker()
    found.feed(html)
    found.close()
    assert found.open == []
    return found


def test_a_page_is_well_formed_and_whole() -> None:
    """Elements nest, ids are unique, every link leads somewhere on the page, and nothing is fetched."""
    found = check(page(coding()))
    assert len(found.ids) == len(set(found.ids))
    assert found.links
    assert all(link.startswith("#") and link[1:] in found.ids for link in found.links)
    assert "http:" not in page(coding())
    assert "https:" not in page(coding())


def test_the_article_is_all_there() -> None:
    words = " ".join(" ".join(check(page(coding())).text).split())
    for line in filter(None, TEXT.splitlines()):
        assert "".join(line.split()) in "".join(words.split())


def test_several_articles_are_sections_of_one_page() -> None:
    other = coding(article=coding().article.model_copy(update={"id": "made-2"}))
    found = check(page([coding(), other]))
    assert found.tags.count("section") == 2
    assert len(found.ids) == len(set(found.ids))
    assert page([coding(), other]).endswith(section(coding()) + section(other) + foot())
    assert head().startswith("<!doctype html>")


def test_a_fragment_has_its_style_and_no_script() -> None:
    html = fragment(coding())
    check(html)
    assert "<style>" in html
    assert "<script" not in html
    assert coding()._repr_html_() == html


def test_the_same_coding_gives_the_same_page() -> None:
    assert page(coding()) == page(coding())


@settings(max_examples=30, deadline=None)
@given(st.text())
def test_no_words_of_a_document_become_markup(name: str) -> None:
    before = check(page(renamed("x")))
    after = check(page(renamed(f"<script>alert(1)</script>\"'><img onerror=x>{name}")))
    assert after.tags == before.tags
    assert set(after.attributes) == set(before.attributes)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_escaped_text_reads_back(text: str) -> None:
    found = "".join(check(f"<p>{escape(text)}</p>").text)
    assert len(found.replace("\r\n", "\n")) == len(text.replace("\r\n", "\n"))


spans = st.tuples(st.integers(0, 40), st.integers(0, 40)).map(lambda pair: Span(min(pair), max(pair)))
layers = st.sampled_from(["says", "speaker", "cue", "event", "figure", "place", "time"])


@settings(deadline=None)
@given(st.lists(st.tuples(spans, layers), max_size=12))
def test_overlapping_marks_nest_and_keep_the_text(given_marks: list[tuple[Span, str]]) -> None:
    """However spans cross, the elements nest, no text is lost, and each mark covers just its words."""
    text = "".join(chr(ord("!") + i) for i in range(40)).replace("<", "x").replace("&", "y").replace(">", "z")
    marks = [Mark(span, layer, f"m{n}", 0 if layer == "says" else None) for n, (span, layer) in enumerate(given_marks)]
    marks.sort(key=lambda m: (m.span.start, -m.span.end))
    html = highlighted(text, Span(5, 35), marks, "x-")
    assert "".join(check(html).text) == text[5:35]
    covered = Covered()
    covered.feed(html)
    for mark in marks:
        assert (
            "".join(covered.words.get(f"x-{mark.record}", [])) == text[max(5, mark.span.start) : min(35, mark.span.end)]
        )


class Covered(HTMLParser):
    """The words under each record's marks."""

    def __init__(self) -> None:
        super().__init__()
        self.stack: list[str] = []
        self.words: dict[str, list[str]] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.stack.append((values.get("href") or values.get("data-ref") or "").lstrip("#"))

    def handle_endtag(self, tag: str) -> None:
        self.stack.pop()

    def handle_data(self, data: str) -> None:
        for name in dict.fromkeys(self.stack):
            self.words.setdefault(name, []).append(data)


@given(st.text(st.sampled_from("ab \n\r\u2028"), max_size=40), st.lists(spans, max_size=5))
def test_paragraphs_hold_every_word_once(text: str, found: list[Span]) -> None:
    blocks = tuple(Block(kind="title", start=s.start, end=s.end) for s in found if s.start < s.end)
    parts = list(paragraphs(Article(id="x", text=text, blocks=blocks)))
    assert all(a.end <= b.start for (_, a), (_, b) in pairwise(parts))
    assert "".join("".join(span.of(text).split()) for _, span in parts) == "".join(text.split())


def test_many_nested_statements_do_not_hang() -> None:
    text = "(" * 2000 + ")" * 2000
    said = tuple(
        Statement(id=f"s{i}", kind="indirect", act="say", content_spans=(Span(i, 4000 - i),)) for i in range(500)
    )
    check(page(Coding(coder=INFO, article=Article(id="deep", text=text), statements=said)))
