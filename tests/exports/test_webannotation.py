"""Web Annotations: both selectors in code points, and nothing lost on the way there and back."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.dossiers import CITY_NEWS, correction, disputed, remark
from sayso.errors import InputError
from sayso.exports.incident_writers import INCIDENT_WRITERS
from sayso.exports.webannotation import read_annotations, to_web, web_annotations
from sayso.exports.writers import Style
from sayso.ledger.dossier import Annotation
from sayso.records import Article, Span

MOTIVATIONS = ("editing", "classifying", "questioning", "replying", "commenting", "assessing")
words = st.text(
    st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from('🔥👩\u200d🚒e\u0301\u0308\u202e\n\t"'))
)
maybe = st.none() | words
spans = st.tuples(st.integers(0, 10**6), st.integers(0, 10**4)).map(lambda pair: Span(pair[0], sum(pair)))
annotations = st.builds(
    Annotation,
    id=words,
    article=words,
    kind=st.sampled_from(MOTIVATIONS),
    creator=words,
    created=words,
    span=spans,
    exact=words,
    prefix=words,
    suffix=words,
    text_hash=words,
    field=maybe,
    value=maybe,
    body=maybe,
    reply_to=maybe,
    state=words,
    orphan=st.booleans(),
)


def page(*, without: str = "", **changes: Any) -> str:
    """A foreign annotation as JSON, with other members or without one."""
    made: dict[str, Any] = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": "https://notes.example/1",
        "type": "Annotation",
        "body": {"type": "TextualBody", "value": "is it so?"},
        "target": {
            "source": "https://www.city.example/news",
            "selector": [
                {"type": "TextQuoteSelector", "exact": "guards"},
                {"type": "TextPositionSelector", "start": 55, "end": 61},
            ],
        },
    }
    return json.dumps({name: value for name, value in {**made, **changes}.items() if name != without})


@given(st.lists(annotations))
def test_what_is_written_is_read_back(made: list[Annotation]) -> None:
    """Emoji, combining marks, changes of direction, line ends, and the difference between nothing and empty words."""
    assert read_annotations(json.dumps([to_web(one) for one in made])) == made


@given(annotations, words)
def test_the_url_of_an_article_does_not_hide_its_id(one: Annotation, path: str) -> None:
    article = Article(id=one.article, text="", source=f"https://a.example/{path}")
    written = to_web(one, article)
    assert written["target"][0]["source"].startswith("https://a.example/")
    assert read_annotations(json.dumps(written)) == [one]


def test_a_page_holds_each_annotation_once() -> None:
    """Two incidents that share an article share what was said of it."""
    writer = INCIDENT_WRITERS["annotations"]()
    text = writer.before() + "".join(writer.each(d, Style()) for d in (disputed(), disputed())) + writer.after()
    found = json.loads(text)
    assert (found["type"], found["@context"][0]) == ("AnnotationPage", "http://www.w3.org/ns/anno.jsonld")
    assert read_annotations(text) == [correction(), remark()]


def test_an_annotation_has_what_the_model_demands() -> None:
    """An IRI, a type, a target; motivations of the model's own; the purpose of a body that corrects."""
    edit, reply = web_annotations(disputed())
    assert (edit["id"], edit["type"], edit["motivation"]) == ("urn:sayso:annotation:n1", "Annotation", "editing")
    assert edit["body"][0]["purpose"] == "editing"
    assert (edit["body"][0]["value"], edit["body"][0]["sayso:field"]) == ("Almaty", "events/e1/place")
    assert reply["target"][1] == edit["id"]
    assert (reply["sayso:orphan"], edit["sayso:state"]) == (True, "accepted")


def test_both_selectors_name_the_same_words() -> None:
    """Positions are code points: past an emoji they are not UTF-16 units."""
    (target,) = next(web_annotations(disputed()))["target"]
    quote, position = target["selector"]
    assert CITY_NEWS[position["start"] : position["end"]] == quote["exact"] == "Nobody"
    assert CITY_NEWS[: position["start"]].endswith(quote["prefix"])
    assert CITY_NEWS[position["end"] :].startswith(quote["suffix"])
    assert target["state"]["sayso:sha256"] == correction().text_hash
    assert target["source"] == "https://www.city.example/news?id=1"


def test_what_others_wrote_is_read_as_far_as_it_goes() -> None:
    (one,) = read_annotations(page(creator="https://people.example/ann", motivation=["questioning", "commenting"]))
    assert (one.id, one.article) == ("https://notes.example/1", "https://www.city.example/news")
    assert (one.creator, one.kind, one.body) == ("https://people.example/ann", "questioning", "is it so?")
    assert (one.exact, one.span, one.text_hash) == ("guards", Span(55, 61), "")


@pytest.mark.parametrize("wrapped", ['{"first": {"items": [%s]}}', '{"items": [%s]}', "[%s]", "%s"])
def test_collections_pages_lists_and_single_ones_are_read(wrapped: str) -> None:
    assert len(read_annotations(wrapped % page())) == 1


@pytest.mark.parametrize(
    "broken",
    [
        "",
        "{",
        "7",
        "null",
        '"text"',
        "[7]",
        '{"items": 7}',
        page(without="id"),
        page(without="target"),
        page(target=[]),
        page(target="https://www.city.example/news"),
        page(target={"source": "x", "selector": {"type": "TextQuoteSelector", "exact": "x"}}),
        page(target={"source": "x", "selector": [{"type": "TextQuoteSelector", "exact": 7}]}),
        page(body=["words"]),
        page(id=7),
        "[" * 100_000,
    ],
)
def test_what_is_no_annotation_is_refused_by_name(broken: str) -> None:
    with pytest.raises(InputError, match=r"^notes\.json: "):
        read_annotations(broken, name="notes.json")


@pytest.mark.parametrize("ends", [(5, 4), (-1, 4), ("5", 9), (None, 9), (1.5, 9)])
def test_positions_must_be_positions(ends: tuple[Any, Any]) -> None:
    made = json.loads(page())
    made["target"]["selector"][1].update(start=ends[0], end=ends[1])
    with pytest.raises(InputError, match="no positions"):
        read_annotations(json.dumps(made))
