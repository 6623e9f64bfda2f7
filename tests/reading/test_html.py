"""Web pages give their report as text and say who wrote it, when and for whom; fetching keeps its guards."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator

import httpx
import pytest
from lxml.html import fromstring

from sayso.errors import InputError, TooMuchInput, UnreadableInput
from sayso.reading import open_articles, segment
from sayso.reading.html import read_html
from sayso.reading.metadata import page_metadata
from sayso.reading.web import LIMIT_BYTES, fetch

BODY = """
<nav><a href="/">Home</a> <a href="/world">World</a></nav>
<article><h1>Fire in the port of Oruro</h1>
<p>A fire broke out in the port on Monday night, and two guards were hurt, the harbour master said.</p>
<p>The cause is not known. Firemen from three towns worked until the morning to put it out, and the road is closed.</p>
<p>“We have lost everything we had,” said a fisherman who had watched the boats burn for hours from the bridge.</p>
</article><footer>© 2021 Example News</footer>"""


def page(head: str = "", body: str = BODY) -> bytes:
    return f"<!DOCTYPE html><html lang='en-GB'><head>{head}</head><body>{body}</body></html>".encode()


def ld(**fields: object) -> str:
    graph = {"@context": "https://schema.org", "@graph": [{"@type": "WebPage"}, {"@type": ["NewsArticle"], **fields}]}
    return f'<script type="application/ld+json">{json.dumps(graph)}</script>'


def test_the_report_is_the_text_and_its_parts_are_blocks() -> None:
    article = segment(
        read_html(page("<title>Fire in the port of Oruro | Example News</title>"), name="a.html", source="a.html")
    )
    assert article.title == "Fire in the port of Oruro"
    assert article.text.startswith("Fire in the port of Oruro\n\nA fire broke out")
    assert "World" not in article.text
    assert [block.kind for block in article.blocks] == ["title", "body", "body", "body"]


def test_json_ld_is_believed_first() -> None:
    head = ld(
        headline="Fire in the port of Oruro",
        datePublished="2021-02-03T04:05:06Z",
        author=[{"@type": "Person", "name": "Jane Roe"}, "John Doe"],
        publisher={"name": "Example News"},
        articleSection=["World", "Americas"],
        inLanguage="en",
    )
    article = read_html(page(head + '<meta property="og:site_name" content="Other">'), name="a", source="a")
    assert article.published == "2021-02-03T04:05:06+00:00"
    assert article.byline == "Jane Roe, John Doe"
    assert article.outlet == "Example News"
    assert article.categories == ("World", "Americas")
    assert article.language == "en"


def test_then_opengraph_and_meta() -> None:
    head = """<meta property="og:title" content="Fire in the port of Oruro - Example News">
    <meta property="article:published_time" content="2021-02-03T04:05:06+01:00"><meta property="og:site_name" content="Example News">
    <meta name="author" content="Jane Roe"><meta property="article:section" content="World">
    <meta property="og:url" content="https://example.org/a">"""
    article = read_html(page(head), name="a", source="a")
    assert article.title == "Fire in the port of Oruro"
    assert (article.published, article.outlet) == ("2021-02-03T04:05:06+01:00", "Example News")
    assert (article.byline, article.categories) == ("Jane Roe", ("World",))
    assert article.source == "https://example.org/a"


def test_then_the_time_on_the_page_and_its_address() -> None:
    timed = BODY.replace("</h1>", "</h1><time datetime='2021-02-03'>3 Feb</time>")
    assert read_html(page(body=timed), name="a", source="a").published == "2021-02-03"
    url = "https://example.org/2021/02/03/fire"
    assert read_html(page(), name=url, source=url, url=url).published == "2021-02-03"


def test_the_character_set_of_the_page_is_used() -> None:
    data = (
        page('<meta charset="iso-8859-2">')
        .decode()
        .replace("fisherman", "Wałęsa")
        .replace("©", "")
        .replace("“", "")
        .replace("”", "")
        .encode("iso8859-2")
    )
    assert "Wałęsa" in read_html(data, name="a", source="a").text


def test_items_of_a_list_and_paragraphs_of_a_quotation_stay_apart() -> None:
    listed = BODY.replace("<p>“We", "<ul><li>Two guards are hurt</li><li>The road is closed</li></ul><p>“We")
    text = read_html(page(body=listed), name="a", source="a").text
    assert "Two guards are hurt\n\nThe road is closed" in text


@pytest.mark.parametrize(
    "data",
    [
        b"<html><body><p></p></body></html>",
        b"<html>" + b"<div>" * 20_000 + b"x" + b"</div>" * 20_000,
        b'<html><head><script type="application/ld+json">' + b"[" * 50_000 + b"</script></head>",
        b"<html>\x00\x01\x02</html>",
        b"<" * 100_000,
    ],
)
def test_hostile_pages_are_errors_soon(data: bytes) -> None:
    start = time.perf_counter()
    with pytest.raises(InputError):
        read_html(data, name="a", source="a")
    assert time.perf_counter() - start < 20


def client(answer: httpx.Response | Exception | list[httpx.Response]) -> httpx.Client:
    answers: Iterator[httpx.Response] = iter(answer if isinstance(answer, list) else [])

    def handle(request: httpx.Request) -> httpx.Response:
        if isinstance(answer, Exception):
            raise answer
        return next(answers) if isinstance(answer, list) else answer

    return httpx.Client(transport=httpx.MockTransport(handle))


def test_an_address_gives_its_article() -> None:
    answers = [
        httpx.Response(301, headers={"location": "/2021/02/03/fire"}),
        httpx.Response(200, content=page(), headers={"content-type": "text/html; charset=utf-8"}),
    ]
    (article,) = open_articles("https://example.org/x", client=client(answers))
    assert not isinstance(article, InputError)
    assert article.source == "https://example.org/2021/02/03/fire"
    assert article.published == "2021-02-03"


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (httpx.Response(404), "answered 404"),
        (httpx.Response(200, content=b"x", headers={"content-type": "image/png"}), "image/png"),
        (httpx.Response(302, headers={"location": "file:///etc/passwd"}), "not http"),
        (httpx.Response(302, headers={"location": "https://example.org/x"}), "redirects"),
        (httpx.ConnectTimeout("too slow"), "too slow"),
    ],
)
def test_an_address_that_cannot_be_read_says_why(answer: httpx.Response | Exception, reason: str) -> None:
    (error,) = open_articles("https://example.org/x", client=client(answer))
    assert isinstance(error, UnreadableInput)
    assert error.name == "https://example.org/x"
    assert reason in error.reason


def test_large_answers_are_cut_off() -> None:
    with pytest.raises(TooMuchInput, match="bytes"):
        fetch("https://example.org/x", client=client(httpx.Response(200, content=b"x" * (LIMIT_BYTES + 1))))


@pytest.mark.parametrize("url", ["file:///etc/passwd", "http://", "javascript:1", "https://[bad"])
def test_only_web_addresses_are_fetched(url: str) -> None:
    with pytest.raises(UnreadableInput, match="http"):
        fetch(url, client=client(httpx.Response(200)))


@pytest.mark.parametrize(
    "markup",
    [
        '<p class="byline">By John Doe</p>',
        '<a rel="author" href="/doe">John Doe</a>',
        '<span itemprop="author">John Doe</span>',
    ],
)
def test_a_byline_in_the_markup_is_read(markup: str) -> None:
    """A page without metadata of its author still names who signs it."""
    page = f"<html><body><article><h1>Ten held in Gao</h1>{markup}<p>Police arrested ten people in Gao on Monday.</p></article></body></html>"
    assert page_metadata(fromstring(page)).get("byline") == "John Doe"
