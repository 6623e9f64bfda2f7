"""CoNLL-U (universaldependencies.org/format.html), as treebanks have it and as `sayso parse` writes it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from sayso.errors import InvalidArticle
from sayso.records import Span

ROOT = -1
"""The head of a root."""
COLUMNS = 10


class Word(NamedTuple):
    """A syntactic word."""

    form: str
    upos: str
    head: int
    """Its number in the article, or ROOT."""
    relation: str
    token: Span
    """Its token, in the article's characters without white space; the parts of a multiword token share it."""
    part: bool
    """Of a multiword token."""
    span: Span | None
    """Where MISC has start_char and end_char: code points into the article's text."""
    tag: str
    """NER of MISC, IOB2; O where there is none."""


@dataclass
class Parse:
    """One article: its words, its sentences and its characters without white space."""

    id: str
    name: str = ""
    """Where it stands, for what is to be said of it."""
    words: list[Word] = field(default_factory=list)
    sentences: list[Span] = field(default_factory=list)
    characters: str = ""
    text: str = ""
    """The sentences, with a space between them and a blank line between paragraphs."""


class _Row(NamedTuple):
    name: str
    columns: list[str]


class _Token(NamedTuple):
    """A surface token: one word, or several under one form."""

    form: str
    misc: dict[str, str]
    words: list[_Row]


class _Sentence(NamedTuple):
    name: str
    comments: dict[str, str]
    rows: list[_Row]


def read_conllu(lines: Iterable[str], name: str) -> list[Parse]:
    """The articles of a file, in order.

    A sentence's article is its `# doc_id`; without one the running `# newdoc id`; without that its own `# sent_id`.
    Empty nodes are passed over. Raises InvalidArticle, which names the line, for what is no CoNLL-U.
    """
    articles: dict[str, Parse] = {}
    characters: dict[str, list[str]] = {}
    document = ""
    for sentence in _sentences(lines, name):
        comments = sentence.comments
        document = comments.get("newdoc id", document)
        called = comments.get("doc_id") or document or comments.get("sent_id") or str(len(articles))
        article = articles.setdefault(called, Parse(called, sentence.name))
        _add(article, characters.setdefault(called, []), sentence)
    for called, parts in characters.items():
        articles[called].characters = "".join(parts)
    return list(articles.values())


def _sentences(lines: Iterable[str], name: str) -> Iterator[_Sentence]:
    comments: dict[str, str] = {}
    rows: list[_Row] = []
    for number, line in enumerate((*lines, ""), start=1):
        line, here = line.rstrip("\r\n"), f"{name}:{number}"
        if line.startswith("#"):
            key, _, value = line[1:].partition("=")
            comments[key.strip()] = value.strip()
        elif line:
            columns = line.split("\t")
            if len(columns) != COLUMNS:
                raise InvalidArticle(here, f"a word has {COLUMNS} columns between tabs, not {len(columns)}")
            if "." not in columns[0]:  # an empty node
                rows.append(_Row(here, columns))
        elif rows:
            yield _Sentence(rows[0].name, comments, rows)
            comments, rows = {}, []


def _add(article: Parse, characters: list[str], sentence: _Sentence) -> None:
    tokens = list(_tokens(sentence.rows))
    before = len(article.words)
    length = sum(len(token.words) for token in tokens)
    begin = article.sentences[-1].end if article.sentences else 0
    end = begin
    for token in tokens:
        form = "".join(token.form.split())
        characters.append(form)
        at = Span(end, end := end + len(form))
        for row, (span, tag) in zip(token.words, _marks(token), strict=True):
            head = _number(row, 6, "head")
            if not 0 <= head <= length:
                raise InvalidArticle(row.name, f"head {head} of a sentence of {length} words")
            _, word, _, upos, _, _, _, relation, _, _ = row.columns
            number = before + head - 1 if head else ROOT
            article.words.append(Word(word, upos, number, relation, at, len(token.words) > 1, span, tag))
    article.sentences.append(Span(begin, end))
    _add_text(article, sentence, tokens)


def _add_text(article: Parse, sentence: _Sentence, tokens: Sequence[_Token]) -> None:
    spaced = "".join(f"{token.form}{'' if token.misc.get('SpaceAfter') == 'No' else ' '}" for token in tokens)
    text = sentence.comments.get("text") or spaced.strip()
    if "".join(text.split()) != "".join(spaced.split()):
        raise InvalidArticle(sentence.name, "the words of this sentence do not make its # text")
    new = any(key.partition(" ")[0] == "newpar" for key in sentence.comments)
    article.text += ("\n\n" if new else " ") * bool(article.text) + text


def _tokens(rows: Sequence[_Row]) -> Iterator[_Token]:
    at = 0
    while at < len(rows):
        row, number = rows[at], 0
        first, dash, last = row.columns[0].partition("-")
        if dash and first.isdecimal() and last.isdecimal():
            number = int(last) - int(first) + 1
            words = list(rows[at + 1 : at + 1 + number])
            if number < 1 or [word.columns[0] for word in words] != [str(int(first) + n) for n in range(number)]:
                raise InvalidArticle(row.name, f"the words of {row.columns[0]} do not follow")
        else:
            _number(row, 0, "word number")
            words = [row]
        yield _Token(row.columns[1], _misc(row), words)
        at += 1 + number


def _marks(token: _Token) -> Iterator[tuple[Span | None, str]]:
    """Where each word of a token stands and its tag. A part without its own is cut out of its token's."""
    whole = _span(token.misc, token.words[0].name)
    for row in token.words:
        misc = _misc(row)
        span = _span(misc, row.name)
        if span is None and whole is not None:
            span = Span(whole.start, min(whole.start + len(row.columns[1]), whole.end))
            whole = Span(span.end, whole.end)
        yield span, misc.get("NER") or token.misc.get("NER") or "O"


def _misc(row: _Row) -> dict[str, str]:
    return dict(item.partition("=")[::2] for item in row.columns[9].split("|"))


def _span(misc: dict[str, str], name: str) -> Span | None:
    if "start_char" not in misc:
        return None
    start, end = misc["start_char"], misc.get("end_char", "")
    if not (start.isdecimal() and end.isdecimal()):
        raise InvalidArticle(name, "start_char and end_char are no numbers")
    return Span(int(start), int(end))


def _number(row: _Row, column: int, what: str) -> int:
    value = row.columns[column]
    if not value.isdecimal():
        raise InvalidArticle(row.name, f"{what} is {value[:20]!r}, no number")
    return int(value)
