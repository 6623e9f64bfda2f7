"""Hostile inputs that are text: plain, JSON, tables, pages, wikitext, mail, Telegram's exports."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from typing import Any

from fuzz.seeds import WIKITEXT, mail
from reading.archives import REPORT, SENTENCE, chat, exported, post, wiki, wiki_page

Made = tuple[str, bytes]
MARKS = (
    "\0", "\x07", "\x1b[31m", "\x7f", "\u0085", "\u2028", "\u202e", "\u2066", "\u200b", "\ufeff", "\u0301", "\U0001f525", "\U000e0041",
    "\ufffe", "\uffff", "\u00a0", "\u3000", "\r", "\r\n", "\t", "\n", "(", ")", "[", '"', "'", "“", "”", "«", "—", "-", "/", ".", ",", ":",
    ";", "!", "?", "…", "$", "%", "1", "0", "١", "½", "a", "A", "é", "ﬁ", "ß", "İ", "中", "я", "ا", "नी", "x1", "U.S.", "Mr. ", "and ", "of ",
    "the ", "who ", "said ", "that ", "no ", "killed ", "Police ", "2022 ", "1,000 ", "Monday ", "January ", "in Almaty ", "he said, ",
)  # fmt: skip
"""What is repeated: signs that steer, words that the grammar of every room begins with."""


def _grown(chance: random.Random, most: int = 60_000) -> str:
    """Some marks, again and again."""
    unit = "".join(chance.choices(MARKS, k=chance.randrange(1, 5)))
    return unit * (chance.choice((50, 800, 6_000, most)) // len(unit) + 1)


def _text(chance: random.Random) -> Made:
    parts = [
        chance.choice((SENTENCE, " ".join(REPORT), _grown(chance), "\n" * 5_000, "x" * 100_000))
        for _ in range(chance.randrange(1, 4))
    ]
    text = chance.choice(("\n\n", " ", "")).join(parts)
    encoding = chance.choice(("utf-8", "utf-8", "utf-8", "utf-16", "utf-32-be", "cp1251", "utf-7", "iso2022_jp"))
    return chance.choice(("a.txt", "a.md", "a")), text.encode(encoding, "replace")


def _any(chance: random.Random, depth: int = 0) -> Any:
    plain = [None, True, -1, 10**400, 1.5, "", "x", SENTENCE, "\ud800", "\0", _grown(chance, 3_000)]
    if depth > 4 or chance.random() < 0.6:
        return chance.choice(plain)
    several = [_any(chance, depth + 1) for _ in range(chance.randrange(4))]
    return several if chance.random() < 0.5 else {str(at): one for at, one in enumerate(several)}


def _row(chance: random.Random) -> str:
    fields = ("id", "text", "title", "published", "url", "outlet", "byline", "language", "categories")
    row = {name: _any(chance) for name in chance.sample(fields, 4)}
    if chance.random() < 0.6:
        row["text"] = chance.choice((SENTENCE, _grown(chance, 5_000)))
    return json.dumps(row)


def _nested(chance: random.Random) -> str:
    depth = chance.choice((50, 900, 20_000, 200_000))
    opening, closing = chance.choice((("[", "]"), ('{"a":', "}"), ('[{"text":', "}]")))
    return opening * depth + "1" + closing * chance.choice((0, depth, depth + 1))


def _rows(chance: random.Random) -> Made:
    odd = (
        '{"text": "a", "text": "b"}',
        '{"text": NaN}',
        '{"text": "\\ud83d"}',
        "null",
        "[]",
        '"text"',
        "{",
        '{"text": "' + "a " * 50_000 + '"}',
    )
    rows = [
        chance.choice((_row(chance), _row(chance), _nested(chance), chance.choice(odd), ""))
        for _ in range(chance.randrange(1, 5))
    ]
    if chance.random() < 0.4:
        return "a.json", f"[{','.join(rows)}]".encode()
    return chance.choice(("a.jsonl", "a.ndjson", "a.json")), chance.choice(("\n", "\r\n", "\r", " ")).join(
        rows
    ).encode()


def _many_values(chance: random.Random) -> Made:
    """JSON that is small as text and large as what it says."""
    unit = chance.choice(("[],", "{},", '"",', "0,", '{"text":""},'))
    count = chance.choice((1_000, 30_000, 120_000))
    return chance.choice(("a.json", "a.jsonl")), f"[{unit * count}0]".encode()


def _table(chance: random.Random) -> Made:
    mark = chance.choice(",\t;|")
    header = mark.join(
        chance.choices(
            ("text", "id", "title", "published", "Body", "", '"text"', "date", "x" * 3_000),
            k=chance.choice((1, 3, 9, 5_000)),
        )
    )
    cells = (
        '"',
        '""',
        '"""',
        '"open',
        "=1+1",
        "\0",
        "\n",
        "a\rb",
        SENTENCE,
        "01/02/2022",
        "9" * 500,
        "x " * 70_000,
        "",
        _grown(chance, 4_000),
    )
    rows = [
        mark.join(chance.choices(cells, k=chance.choice((0, 1, 3, 9)))) for _ in range(chance.choice((0, 1, 4, 12)))
    ]
    text = chance.choice(("\n", "\r\n", "\r")).join((header, *rows))
    return chance.choice(("a.csv", "a.tsv")), text.encode(
        chance.choice(("utf-8", "utf-8-sig", "utf-16", "cp1252")), "replace"
    )


def _one_quote(chance: random.Random) -> Made:
    """A table whose one quotation mark swallows all that follows it."""
    rows = "".join(f"{number},{SENTENCE}\n" for number in range(chance.choice((3, 3_000, 24_000))))
    return "a.csv", f'id,text\n0,"{rows}'.encode()


TAGS = (
    "div", "p", "span", "b", "table", "tr", "td", "ul", "li", "blockquote", "article", "section", "font", "a", "form", "select", "svg",
    "math", "template", "iframe", "script", "style", "title", "head", "body", "html", "frameset", "noscript", "br", "h1", "em", "time",
)  # fmt: skip
BITS = (
    "<!--", "-->", "<![CDATA[", "]]>", "&amp;amp;", "&#xD800;", "&#0;", "&" + "a" * 500, "<", "</", "<p", "<p class='", "<meta charset=utf-16>",
    '<meta charset="x-unknown">', "<base href='http://['>", '<meta property="og:title" content="', "<title>", "<?xml version='1.0'?>", "\0",
    '<meta http-equiv="refresh" content="0;url=/">', '<link rel="canonical" href="javascript:x">', "<plaintext>", "<xmp>", "<time datetime='9'>",
)  # fmt: skip


def _page(chance: random.Random) -> Made:
    body = [f"<p>{one}</p>" for one in REPORT]
    for _ in range(chance.randrange(1, 5)):
        body.insert(chance.randrange(len(body) + 1), chance.choice((_tags, _bit, _linked, _attributed))(chance))
    head = chance.choice(("", "<title>Two dead</title>", f"<title>{_grown(chance, 20_000)}</title>", _bit(chance)))
    data = f"<!DOCTYPE html><html><head>{head}</head><body>{''.join(body)}</body></html>".encode("utf-8", "replace")
    return chance.choice(("a.html", "a.htm", "a.xhtml", "a")), data


def _tags(chance: random.Random) -> str:
    tag, times = chance.choice(TAGS), chance.choice((30, 300, 3_000, 40_000))
    inner = chance.choice(("", "x", SENTENCE[:20]))
    if chance.random() < 0.5:
        return f"<{tag}>" * times + inner + f"</{tag}>" * chance.choice((0, times))
    return f"<{tag}>{inner}</{tag}>" * times


def _bit(chance: random.Random) -> str:
    return chance.choice(BITS) * chance.choice((1, 1, 40, 8_000))


def _linked(chance: random.Random) -> str:
    said = chance.choice(
        (
            _row(chance),
            _nested(chance),
            '{"@graph": ' + _nested(chance) + "}",
            '{"@type": "NewsArticle", "headline": 7}',
        )
    )
    return f'<script type="application/ld+json">{said}</script>'


def _attributed(chance: random.Random) -> str:
    attributes = " ".join(f"a{number}='{number}'" for number in range(chance.choice((3, 3_000, 30_000))))
    return f"<div {attributes} class='{'c ' * chance.choice((1, 50_000))}'>"


def _million_tags(chance: random.Random) -> Made:
    unit = chance.choice(
        ("<p>", "<p>x</p>", "<br>", "<i></i>", "<div>a", "<p>He said.</p>", "</p>", "<li>", "<td>", "&lt;", "<!---->")
    )
    return "a.html", b"<html><body>" + unit.encode() * (chance.choice((100_000, 1_000_000, 3_000_000)) // len(unit))


ENTITIES = "".join(f'<!ENTITY e{at} "{f"&e{at - 1};" * 10 if at else "boom"}">' for at in range(12))


def _dump(chance: random.Random) -> Made:
    bits = (
        "{{",
        "}}",
        "{{{",
        "[[",
        "]]",
        "{|\n",
        "|-\n|",
        "|}",
        "<ref>",
        "</ref>",
        "<nowiki>",
        "'''",
        "''",
        "==",
        "* ",
        "#",
        "<!--",
        "[[File:a|",
        "{{{{{x",
        "&nbsp;",
        "http://",
        "~~~~",
        "<math>",
        "<gallery>",
    )
    text = WIKITEXT + "".join(
        chance.choice(bits) * chance.choice((1, 30, 2_000, 20_000)) for _ in range(chance.randrange(1, 5))
    )
    dump = wiki(wiki_page(chance.choice(("Two dead", "\n", "x" * 5_000, "")), text), wiki_page("Other", WIKITEXT))
    prolog = chance.choice(
        (
            "",
            f"<!DOCTYPE x [{ENTITIES}]>",
            '<!DOCTYPE x [<!ENTITY e11 SYSTEM "file:///etc/hostname">]>',
            "<?xml version='9'?>",
        )
    )
    if prolog.startswith("<!DOCTYPE"):
        dump = dump.replace("Two miners", "&e11;")
    return "a.xml", (prolog + dump).encode()


def _mail(chance: random.Random) -> Made:
    headers = [
        "From: desk@example.org", "Subject: =?utf-8?b?" + "4pyT" * 2_000 + "?=", "Subject: " + "=?x?q?a?= " * 500, "Date: 99 Foo 0000",
        "From: " + "<" * 3_000, "To: " + "a@b, " * 2_000, "Subject: " + "(" * 4_000, "Content-Type: text/plain; charset=x-unknown",
        "Content-Type: text/html; charset*0*=utf-8''%ff", "Content-Transfer-Encoding: base64", "Content-Transfer-Encoding: uuencode",
        'Content-Type: multipart/mixed; boundary=""', "Content-Type: multipart/alternative", "Content-Type: message/rfc822", "X: " + "\n y" * 3_000,
        "Message-ID: <" + "[" * 2_000, "Content-Type: text/plain; " + "a=b; " * 1_500, "Content-Disposition: attachment; filename*=''%00",
        'From: "' + "\\" * 3_000 + '" <a@b>', "Date: " + "1" * 5_000, "Subject: \udcff\udcfe",
    ]  # fmt: skip
    message = "\n".join(chance.choices(headers, k=chance.choice((1, 4, 12)))) + "\n\n" + "\n\n".join(REPORT)
    data = message.encode("utf-8", "surrogateescape")
    if chance.random() < 0.4:
        return "a.mbox", (b"From desk@example.org Fri Jan  7 10:00:00 2022\n" + data + b"\n\n") * chance.choice((1, 3))
    return "a.eml", data


def _parts(chance: random.Random) -> Made:
    """Mail of many parts, or of parts in parts."""
    count = chance.choice((20, 400, 900, 5_000))
    if chance.random() < 0.5:
        part = chance.choice(
            ("Content-Type: text/plain\n\nPolice.\n", "\n", "Content-Type: text/html\n\n<p>Police.</p>\n")
        )
        return "a.eml", (
            'Content-Type: multipart/mixed; boundary="b"\n\n' + f"--b\n{part}" * count + "--b--\n"
        ).encode()
    nested = "".join(f'Content-Type: multipart/mixed; boundary="b{at}"\n\n--b{at}\n' for at in range(count))
    if chance.random() < 0.5:
        nested = "Content-Type: message/rfc822\n\n" * count
    return "a.eml", (nested + "Content-Type: text/plain\n\n" + SENTENCE).encode() + (
        mail() if chance.random() < 0.2 else b""
    )


def _telegram(chance: random.Random) -> Made:
    posts = [
        post(
            number,
            _any(chance),
            **{
                chance.choice(("date", "from", "text_entities", "date_unixtime", "forwarded_from", "id", "type")): _any(
                    chance
                )
            },
        )
        for number in range(3)
    ]
    found = exported(chat(post(0, SENTENCE), *posts, **{chance.choice(("name", "type", "id", "x")): _any(chance)}))
    if chance.random() < 0.3:
        found = found.replace(
            "Police", chance.choice(("\\x0b", "\\x0", "\\", "\\u12", "\0", "\x1b")) * chance.choice((1, 1_000))
        )
    if chance.random() < 0.2:
        found = found[: found.rindex("]")] + "," + _nested(chance)
    return "result.json", found.encode("utf-8", "surrogatepass")


MAKERS: dict[str, tuple[Callable[[random.Random], Made], int]] = {
    "text": (_text, 5), "rows": (_rows, 5), "many values": (_many_values, 1), "table": (_table, 4), "one quote": (_one_quote, 1),
    "page": (_page, 6), "a million tags": (_million_tags, 1), "dump": (_dump, 3), "mail": (_mail, 3), "mail of parts": (_parts, 2),
    "telegram": (_telegram, 3),
}  # fmt: skip


def made(chance: random.Random) -> tuple[str, bytes, str]:
    """A name, the bytes, and what it is."""
    label = chance.choices(list(MAKERS), [weight for _, weight in MAKERS.values()])[0]
    return (*MAKERS[label][0](chance), label)
