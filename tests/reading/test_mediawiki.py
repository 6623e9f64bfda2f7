"""Dumps of wikis: each page of the main namespace is a report, with its day, its words and its categories."""

from __future__ import annotations

import bz2
import io
import time
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reading.archives import articles, errors, read, wiki, wiki_page, written
from sayso.errors import InputError, TooMuchInput
from sayso.reading import segment
from sayso.reading.mediawiki import read_mediawiki
from sayso.reading.wikitext import MOST, read_wikitext
from sayso.records import Article

REPORT = """{{date|January 5, 2022}}
{{Kazakhstan}}
[[File:Square.jpg|thumb|The [[w:Almaty|square]] on Wednesday]]
'''Police''' in [[w:Almaty|Almaty]] [http://example.org arrested] {{w|Miner|nine miners}},<ref>x</ref> the {{w|ministry}} said.
It was ''cold''.

Troops&nbsp;came &mdash; and left.<!-- when? -->
* One was wounded.
* Two fled.
{| class="x"
| a cell
|}
== Aftermath ==
[[Oruro]] was quiet.

== Sources ==
* {{source|url=http://example.org|title=Nine arrested|date=January 5, 2022}}
=== More ===
* x
== Opinions ==
Nobody spoke.
[[Category:Asia]]
[[category: Crime and law|*]]
[[fr:Une page]]
{{publish}}"""


def parsed(data: bytes) -> list[Article | InputError]:
    return list(read_mediawiki(io.BytesIO(data), name="d.xml", source="d.xml"))


@pytest.mark.parametrize("name", ["pages-articles.xml", "pages-articles.xml.bz2", "no-name-that-tells"])
def test_a_page_is_a_report_with_its_day_and_its_categories(tmp_path: Path, name: str) -> None:
    data = wiki(wiki_page("Nine arrested?", REPORT)).encode()
    (found,) = articles(written(tmp_path, name, bz2.compress(data) if name.endswith("bz2") else data))
    assert found.text.split("\n\n") == [
        "Nine arrested?", "January 5, 2022", "Police in Almaty arrested nine miners, the ministry said. It was cold.",
        "Troops came — and left.", "One was wounded.", "Two fled.", "Aftermath", "Oruro was quiet.", "Opinions", "Nobody spoke.",
    ]  # fmt: skip
    assert (found.published, found.outlet, found.title) == ("2022-01-05", "Wikinews", "Nine arrested?")
    assert found.source == "https://en.wikinews.org/wiki/Nine_arrested%3F"
    assert found.categories == ("Asia", "Crime and law")
    assert found.raw == REPORT.encode()
    assert [block.kind for block in segment(found).blocks][:2] == ["title", "date"]


def test_redirects_and_other_namespaces_are_passed_over(tmp_path: Path) -> None:
    pages = (
        wiki_page("Talk:Nine", "Words.", space=1), wiki_page("Old", "#REDIRECT [[New]]", more='<redirect title="New"/>'),
        wiki_page("Older", "#redirect [[New]]"), wiki_page("New", "Words."),
    )  # fmt: skip
    path = written(tmp_path, "d.xml", wiki(*pages))
    assert [one.title for one in articles(path)] == ["New"]
    assert errors(path) == []


def test_the_last_of_several_revisions_is_taken() -> None:
    page = wiki_page("Nine", "Old.").replace("</page>", "<revision><id>3</id><text>New.</text></revision></page>")
    (found,) = parsed(wiki(page).encode())
    assert isinstance(found, Article)
    assert found.text == "Nine\n\nNew."


def test_a_page_without_words_costs_no_other_and_names_itself() -> None:
    error, good = parsed(wiki(wiki_page("Empty", "{{stub}}"), wiki_page("Full", "Words.")).encode())
    assert isinstance(error, InputError)
    assert str(error) == "d.xml:Empty: the text is empty"
    assert isinstance(good, Article)


def test_a_dump_that_is_cut_off_keeps_the_pages_before() -> None:
    data = wiki(wiki_page("One", "Words."), wiki_page("Two", "Words.")).encode()
    good, error = parsed(data[: data.rindex(b"Words")])
    assert isinstance(good, Article)
    assert isinstance(error, InputError)
    assert str(error).startswith("d.xml, after 'One': broken XML")


def test_no_entity_is_followed(tmp_path: Path) -> None:
    secret = written(tmp_path, "secret.txt", "the secret")
    page = "<mediawiki><page><title>t</title><ns>0</ns><revision><text>Words &a;</text></revision></page></mediawiki>"
    outside = f'<!DOCTYPE m [<!ENTITY a SYSTEM "{secret.as_uri()}">]>{page}'
    assert all("secret" not in str(one) for one in parsed(outside.encode()))
    levels = "".join(f'<!ENTITY a{at} "{f"&a{at - 1};" * 20}">' for at in range(1, 12))
    bomb = f'<!DOCTYPE m [<!ENTITY a0 "{"a" * 40}">{levels}]>{page.replace("&a;", "&a11;")}'
    began = time.monotonic()
    assert sum(len(one.text) for one in parsed(bomb.encode()) if isinstance(one, Article)) < 100
    assert time.monotonic() - began < 5


def test_endless_pages_are_refused_in_bounded_memory() -> None:
    (found,) = parsed(b"<mediawiki><page><title>x</title>" + b"<a/>" * 3_000_000)
    assert isinstance(found, TooMuchInput)


@pytest.mark.parametrize("mark", ["[[a|{{b|", "{{a|[http://x ", "<b>", "{{{a|", "\n{|\n|", "'''a''", "== a ==\n{{b|"])
@pytest.mark.parametrize("times", [900, 50_000])
def test_marks_that_are_never_closed_take_bounded_time(mark: str, times: int) -> None:
    began = time.monotonic()
    if times > MOST:
        with pytest.raises(TooMuchInput, match="links, templates and elements"):
            read_wikitext(mark * times, name="x")
    else:
        with suppress(TooMuchInput):  # two marks at once are twice as many
            read_wikitext(mark * times, name="x")
    assert time.monotonic() - began < 20


@given(
    st.lists(
        st.sampled_from(
            [
                "{{",
                "}}",
                "[[",
                "]]",
                "|",
                "a b",
                "\n",
                "\n\n",
                "''",
                "== x ==",
                "<ref>",
                "</ref>",
                "<br>",
                "date",
                "*",
                "&amp;",
                "[http://x y]",
            ]
        ),
        max_size=40,
    )
)
def test_any_wikitext_has_paragraphs_of_single_spaces(parts: list[str]) -> None:
    found = read_wikitext("".join(parts), name="x")
    assert all(one == " ".join(one.split()) and one for one in found.paragraphs)


@given(st.binary(max_size=200), st.integers(0, 600))
def test_hostile_bytes_after_a_valid_beginning_are_articles_or_errors(tail: bytes, kept: int) -> None:
    data = wiki(wiki_page("One", "Words."), wiki_page("Two", "Words.")).encode()
    assert all(isinstance(one, (Article, InputError)) for one in parsed(data[: max(0, len(data) - kept)] + tail))


def test_xml_that_is_no_dump_is_no_dump(tmp_path: Path) -> None:
    assert [type(one) for one in read(written(tmp_path, "a.xml", "<mediawiki></mediawik>"))] != [Article]
