"""On whose word a report rests: from the statements in which an event is told to the one origin that counts."""

from __future__ import annotations

from urllib.parse import urlsplit

from sayso.gazetteer.normal import normal
from sayso.ledger.origins import institutions, media
from sayso.ledger.origins.institutions import Found
from sayso.ledger.origins.media import Medium
from sayso.ledger.origins.speaking import Named, has_name, is_same, of_found, of_medium, of_name, of_speaker, place_in
from sayso.records import Actor, Article, Coding, Event, Place, Span, Statement

NEAR = 240
"""Code points between a report and the words that cite its source."""
LONGEST = 48
"""Characters of a headline by which an article without outlet is called."""


def origin_of(coding: Coding, event: Event) -> Named | None:
    """Whose word the article has for the event; None where it names nobody."""
    return origin_of_chain(coding, chain_of(coding, event.statements), place_of(coding, event))


def origin_of_chain(coding: Coding, chain: tuple[Statement, ...], place: Place | None = None) -> Named | None:
    """Whose word statements within each other are, outermost first; the article's own for none.

    `place` tells whose police "the police" are where their own words do not.
    """
    own = origin_of_article(coding)
    if not chain:
        return own
    found: Named | None = None
    heard, speaker = own, None
    for statement in chain:
        if found is not None and statement.speaker is not None and statement.speaker == speaker:
            continue  # who says what he said
        named = _of_statement(coding, statement, place, heard, own)
        if named is not None:
            found = heard = named
            speaker = statement.speaker
    return found


def origin_of_article(coding: Coding) -> Named:
    """Whose word it is what the article tells in its own voice: its agency's, the channel's that it passes on, its outlet's.

    An institution that publishes itself is the institution: a ministry's statement on its own pages is the ministry's word.
    """
    article = coding.article
    signed = media.signed_by(article)
    if signed is not None:
        return of_medium(signed)
    outlet = article.outlet or _host(article.source)
    if not outlet:
        return Named(f"outlet/article/{article.id}", _called(article), "outlet")
    known = media.medium(outlet)
    if known is not None:
        agency = known.kind == "agency"
        return Named(f"medium/{known.key}", known.name if agency else outlet, "agency" if agency else "outlet")
    found = institutions.institution(outlet)
    if found is not None and not institutions.is_medium(found):
        return of_found(found, _home(coding, found), None)
    return Named(f"medium/{normal(media.bare(outlet))}", outlet, "outlet")


def _called(article: Article) -> str:
    """An article of which nobody says who printed it, by its headline."""
    if article.title is None:
        return article.source or article.id
    words = article.title if len(article.title) <= LONGEST else f"{article.title[:LONGEST].rsplit(' ', 1)[0]} …"
    return f"“{words}”"


def origin_of_actor(coding: Coding, actor: str, place: Place | None = None) -> Named | None:
    """Who an actor is as an origin, were it to speak: by this a speaker and a side of an event are compared."""
    found = coding.find(actor)
    return of_speaker(coding, found, (), place, origin_of_article(coding)) if isinstance(found, Actor) else None


def chain_of(coding: Coding, statements: tuple[str, ...]) -> tuple[Statement, ...]:
    """The statements of these ids, in this order."""
    return tuple(s for s in map(coding.find, statements) if isinstance(s, Statement))


def place_of(coding: Coding, event: Event) -> Place | None:
    found = coding.find(event.place)
    return found if isinstance(found, Place) else None


def _of_statement(coding: Coding, statement: Statement, place: Place | None, heard: Named, own: Named) -> Named | None:
    """Whom one statement names. `heard`: whom the statement around it names, `own`: whose word the article is."""
    words = _words(coding, statement.speaker_span)
    if institutions.is_first_person(words) and statement.speaker is None:
        return own if statement.within is None else None
    through = _through(statement)
    speaker = coding.find(statement.speaker)
    if not isinstance(speaker, Actor):
        return of_medium(through) if through else None
    spans = (statement.speaker_span,) if statement.speaker_span else ()
    found = of_speaker(coding, speaker, spans, place, of_medium(through) if through else heard)
    if found is not None and found.kind in ("agency", "channel"):
        return _cited(coding, statement, place, found) or found
    return found or (of_medium(through) if through else None)


def _words(coding: Coding, span: Span | None) -> str:
    return " ".join(span.of(coding.article.text).split()) if span else ""


def _through(statement: Statement) -> Medium | None:
    """The agency or channel that brought a statement, unless it carries anybody's words."""
    channel = statement.channel
    return media.medium(channel.name, channel.kind) if channel else None


def _cited(coding: Coding, statement: Statement, place: Place | None, speaker: Named) -> Named | None:
    """Whom a medium cites beside what it reports: "Sputnik reported, citing the ministry"."""
    through = _through(statement)
    for other in coding.statements:
        cites = _words(coding, other.cue_span).lower() in media.words()["citing"]["cues"]
        if other is statement or not cites or not other.content_spans or _between(statement, other) > NEAR:
            continue
        found = _named_in(coding, other.content_spans[0], place)
        own = other.speaker == statement.speaker or (through is not None and found == of_medium(through))
        if found is not None and own and not is_same(found, speaker):
            return found
    return None


def _between(one: Statement, other: Statement) -> int:
    """Code points between two cues."""
    if one.cue_span is None or other.cue_span is None:
        return NEAR + 1
    return max(one.cue_span.start, other.cue_span.start) - min(one.cue_span.end, other.cue_span.end)


def _named_in(coding: Coding, span: Span, place: Place | None) -> Named | None:
    """The medium, institution, body or person that words name which are no speaker."""
    words = _words(coding, span)
    medium = media.medium(words)
    if medium is not None:
        return of_medium(medium)
    actors = [a for a in coding.actors if any(span.covers(m) for m in a.mentions)]
    found = institutions.institution(words)
    if found is not None:
        country = found.country or next((a.country for a in actors if a.country), None)
        return of_found(found, country, place_in(coding, [span]) or place)
    return next((of_name(a) for a in actors if has_name(a)), None)


def _home(coding: Coding, found: Found) -> str | None:
    """The country of an outlet that is an institution: that of its name, or of the article's actor that is the same."""
    if found.country or found.branch is None:
        return found.country
    for actor in coding.actors:
        other = institutions.institution(actor.name)
        if other is not None and other.branch == found.branch and actor.country:
            return actor.country
    return None


def _host(source: str) -> str:
    """The host of an address, without "www."; "" for the name of a file."""
    host = urlsplit(source).hostname if "://" in source else None
    return (host or "").removeprefix("www.")
