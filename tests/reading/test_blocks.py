"""Blocks hold the whole text, in order, without overlap; and parts of a page are what a reader would call them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.reading import make_article, segment
from sayso.reading.paragraphs import paragraphs
from sayso.records import Article

PAGE = """\
Mar 3, 2019
0 12

Weavers hold two prefects in Potosí

The government sends soldiers to the highlands, the union calls for a general strike

Weavers locked up two prefects in Potosí on Sunday, the defence ministry said. They want their looms back.

Soldiers were flown in from La Paz. The union called for a general strike in the whole country.

Burned police post on the road to Potosí

“We will not leave before the president comes. Nobody is hurt and nobody will be hurt “,

– said the leader of the miners on a local radio.

The president has not yet answered.

Read also: Four freed after a mutiny in Tarija

Own. corr. ABC

Found a typo? Mark the words and hit Ctrl+Enter.

Article Categories:
World
Leave a Reply
"""


def kinds(text: str, **fields: str) -> list[tuple[str, str]]:
    article = segment(Article(id="a", text=text, **fields))
    return [(block.kind, " ".join(block.span.of(text).split())[:30]) for block in article.blocks]


def test_a_page_with_everything_on_it() -> None:
    assert [kind for kind, _ in kinds(PAGE)] == [
        *("date", "boilerplate", "title", "standfirst", "body", "body", "caption", "quote", "body", "body"),
        *("boilerplate", "byline", "boilerplate", "boilerplate", "boilerplate", "boilerplate"),
    ]


def test_the_page_says_when_by_whom_and_under_what_title() -> None:
    article = segment(Article(id="a", text=PAGE))
    assert article.title == "Weavers hold two prefects in Potosí"
    assert article.byline == "Own. corr. ABC"
    assert article.published == "2019-03-03"


def test_what_the_article_says_of_itself_is_kept() -> None:
    article = segment(Article(id="a", text=PAGE, title="Another", byline="Jane Roe", published="2018-01-01"))
    assert (article.title, article.byline, article.published) == ("Another", "Jane Roe", "2018-01-01")


def test_an_article_with_blocks_comes_back_as_it_is() -> None:
    article = segment(Article(id="a", text=PAGE))
    assert segment(article) is article


@given(st.text(alphabet=st.sampled_from("aA .\n\r\t-—“”\"':,()[]>#1©BbyJan\u2028\x00\u200b"), max_size=400))
def test_blocks_hold_every_character_once(text: str) -> None:
    blocks = segment(Article(id="a", text=text)).blocks
    covered = [at for block in blocks for at in range(block.start, block.end)]
    assert covered == sorted(set(covered))
    assert {at for at, c in enumerate(text) if not c.isspace()} <= set(covered)
    assert all(block.start < block.end <= len(text) for block in blocks)


@given(st.lists(st.sampled_from(PAGE.splitlines()), max_size=30), st.sampled_from(["\n", "\r\n", "\n\n", "\n \n"]))
def test_any_order_of_lines_is_held_too(lines: list[str], newline: str) -> None:
    text = newline.join(lines)
    blocks = segment(Article(id="a", text=text, title="Weavers hold two prefects in Potosí")).blocks
    held = "".join(text[b.start : b.end] for b in blocks)
    assert "".join(held.split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Police arrested ten people in Potosí on Friday.", "body"),
        ("Potosí police arrest ten after miners' rally", "title"),
        ("police arrested ten people", "body"),
        ("Ten miners have been arrested by the police in Potosí", "body"),
        ("Yes", "body"),
    ],
)
def test_a_single_line_is_one_block(text: str, kind: str) -> None:
    assert kinds(text) == [(kind, text[:30])]


def test_lines_broken_at_a_width_are_one_paragraph() -> None:
    text = (
        "   LIMA, 3 MAR 89 (EFE) -- [TEXT] THE POLICE SAID TODAY THAT TWO BOMBS WENT\n"
        "OFF IN FRONT OF A BANK IN THE CENTER OF THE CAPITAL.  NOBODY WAS HURT IN\n"
        "THE ATTACK, WHICH NO GROUP HAS CLAIMED.\n\n"
        "   THE BANK WILL BE CLOSED UNTIL MONDAY, ACCORDING TO ITS MANAGER, WHO ASKED\n"
        "NOT TO BE NAMED.\n"
    )
    article = segment(Article(id="a", text=text))
    assert [block.kind for block in article.blocks] == ["date", "body", "body"]
    assert article.published == "1989-03-03"
    assert article.blocks[1].span.of(text).startswith("THE POLICE")


def test_long_lines_are_paragraphs_of_their_own() -> None:
    line = "The police said on Friday that two bombs had gone off in front of a bank in the centre of the capital."
    assert (
        len(paragraphs("\n".join([line + " Nobody was hurt in the attack, which no group has claimed so far."] * 4)))
        == 4
    )


def test_a_title_known_from_elsewhere_is_found_in_the_text() -> None:
    text = "Two killed in Potosí.\n\nPolice shot two miners dead on Friday."
    assert kinds(text, title="Two killed in Potosí")[0] == ("title", "Two killed in Potosí.")


def test_a_title_before_the_report_on_the_same_line_is_cut_off() -> None:
    text = "Two killed in Potosí. Police shot two miners dead on Friday."
    assert [kind for kind, _ in kinds(text, title="Two killed in Potosí")] == ["title", "body"]


def test_a_sentence_that_begins_like_the_title_is_left_whole() -> None:
    text = "Two killed in Potosí were buried on Friday.\n\nNobody came."
    assert [kind for kind, _ in kinds(text, title="Two killed in Potosí")] == ["body", "body"]


def test_a_title_that_is_not_in_the_text_marks_nothing() -> None:
    text = "Police shot two miners dead on Friday.\n\nNobody came to bury them."
    assert [kind for kind, _ in kinds(text, title="Two killed in Potosí")] == ["body", "body"]


def test_a_dateline_is_a_date_and_the_report_goes_on_after_it() -> None:
    text = "ORURO, Jan 5 (Example News) — Police shot two miners dead on Wednesday."
    article = segment(Article(id="a", text=text, source="https://example.org/2022/01/06/oruro"))
    assert [(b.kind, b.span.of(text)) for b in article.blocks] == [
        ("date", "ORURO, Jan 5 (Example News) —"),
        ("body", "Police shot two miners dead on Wednesday."),
    ]
    assert article.published == "2022-01-05"


def test_no_year_no_day() -> None:
    article = segment(Article(id="a", text="ORURO, Jan 5 (Example News) — Police shot two miners dead."))
    assert article.published is None


def test_the_readers_part_is_never_the_report() -> None:
    text = PAGE + "\nJane says:\nThe army killed my brother in this war and nobody cares about it at all.\n"
    assert [kind for kind, _ in kinds(text)][-2:] == ["boilerplate", "boilerplate"]


def test_a_comment_heading_at_the_top_does_not_swallow_the_report() -> None:
    text = "Leave a Reply\n\n" + PAGE
    assert "body" in [kind for kind, _ in kinds(text)]


def test_hostile_texts_take_seconds_at_most() -> None:
    for piece in ("Police shot\n", "By John Smith, " * 7 + "\n", '"x y z w"\n', "1 share 2 like\n", "a"):
        blocks = segment(Article(id="a", text=piece * (60_000 // len(piece)))).blocks
        assert blocks


@pytest.mark.parametrize("line", ["Potosí police arrest ten", "“x y z w”", "Police came.", "- he said", "1"])
def test_a_text_of_very_many_paragraphs_is_held_too(line: str) -> None:
    text = "\n".join([line] * 5100)
    blocks = segment(Article(id="a", text=text)).blocks
    assert sum(block.end - block.start for block in blocks) >= len(line) * 5100


def test_what_a_messenger_adds_to_a_post_is_not_the_report() -> None:
    """Who passed it on is its byline, and the row of reactions below it is furniture."""
    text = (
        "Forwarded from Two Rivers\n\nSoldiers fired at the crowd on the bridge tonight.\n\n👍 1.2K  💔 4.8K  👁 61.3K"
    )
    article = segment(make_article({"text": text}, name="post", source=""))
    assert article.byline == "Two Rivers"
    assert [block.kind for block in article.blocks] == ["byline", "body", "boilerplate"]


@pytest.mark.parametrize(
    "headline",
    [
        "Nine states sue U.S. President Ana Serra over the dam",
        "Court frees nine bakers in Serra v. Port Ruvo",
        "Talks with Gov. Ivo Marek break down in Vodno",
    ],
)
def test_the_point_of_an_abbreviation_ends_no_headline(headline: str) -> None:
    text = f"{headline}\n\nThe ruling was read out on Monday in a full room."
    assert segment(Article(id="x", text=text)).blocks[0].kind == "title"
