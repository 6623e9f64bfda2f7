"""The coding in the making: what the rooms hand to one another.

A draft item points at tokens of the parsed article, and at other draft items by reference; `finish.py` turns
the whole into the frozen records, with ids in the order of the text. Token ranges are [start, end) indices
into `draft.doc`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from sayso.coding.paragraphs import Paragraphs
from sayso.coding.parsed import Doc, Token
from sayso.coding.quotes import Quotation
from sayso.coding.ranges import Range
from sayso.coding.telling import Telling
from sayso.coding.words import Word, lex
from sayso.gazetteer.lookup import Gazetteer, gazetteer
from sayso.records import (
    Acled,
    ActorKind,
    Article,
    Block,
    Measure,
    Precision,
    Realis,
    Reserve,
    StatementKind,
    Support,
    TimeType,
)


@dataclass(eq=False)
class Mention:
    """Words that name or describe an actor; `head` is the token index of their head noun or pronoun."""

    range: Range
    head: int


@dataclass(eq=False)
class LabelDraft:
    range: Range
    statement: StatementDraft | None = None
    distanced: bool = False


@dataclass(eq=False)
class ActorDraft:
    name: str
    kind: ActorKind = "unknown"
    country: str | None = None
    sectors: list[str] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    labels: list[LabelDraft] = field(default_factory=list)


@dataclass(eq=False)
class PlaceDraft:
    name: str
    mentions: list[Range] = field(default_factory=list)
    geonameid: int | None = None
    latitude: float | None = None
    longitude: float | None = None
    country: str | None = None
    admin1: str | None = None
    feature: str | None = None
    precision: Precision | None = None
    score: float = 0.0


@dataclass(eq=False)
class TimeDraft:
    range: Range
    start: str | None = None
    end: str | None = None
    granularity: str | None = None
    edtf: str | None = None
    type: TimeType = "date"
    duration: str | None = None
    """ISO 8601 of a duration."""
    part_of: TimeDraft | None = None
    """The range of which this is an end."""


@dataclass(eq=False)
class FigureDraft:
    range: Range
    head: int
    """The number's last token: where the grammar attaches it."""
    low: float | None
    high: float | None
    approximate: bool = False
    unit: Range | None = None
    measure: Measure = "other"
    part_of: FigureDraft | None = None
    """The figure of which this one is a part: "at least 130, including 12 children"."""
    event: EventDraft | None = None
    statement: StatementDraft | None = None


@dataclass(eq=False)
class ChannelDraft:
    name: str
    kind: str
    range: Range


@dataclass(eq=False)
class StatementDraft:
    kind: StatementKind
    act: str
    content: list[Range]
    cue: Range | None = None
    speaker: ActorDraft | None = None
    speaker_range: Range | None = None
    channel: ChannelDraft | None = None
    within: StatementDraft | None = None

    def holds(self, index: int) -> bool:
        """Whether the token stands inside what is said."""
        return any(index in part for part in self.content)

    def chain(self) -> list[StatementDraft]:
        """This statement and those that report it, outermost first."""
        found: list[StatementDraft] = []
        at: StatementDraft | None = self
        while at is not None and at not in found:
            found.append(at)
            at = at.within
        return found[::-1]


@dataclass(eq=False)
class PartyDraft:
    actor: ActorDraft
    range: Range


@dataclass(eq=False)
class EventDraft:
    trigger: Range
    head: int
    """The token the grammar hangs the event on: the verb or noun of the trigger."""
    clause: Range
    type: str
    mode: str | None = None
    contexts: list[str] = field(default_factory=list)
    cameo: str | None = None
    acled: Acled | None = None
    actors: list[PartyDraft] = field(default_factory=list)
    recipients: list[PartyDraft] = field(default_factory=list)
    instrument: Range | None = None
    place: PlaceDraft | None = None
    time: TimeDraft | None = None
    figures: list[FigureDraft] = field(default_factory=list)
    realis: Realis = "actual"
    background: bool = False
    statement: StatementDraft | None = None
    """The innermost statement it is reported in; None is the article's own voice."""
    score: float = 0.5
    because: list[str] = field(default_factory=list)
    """Short phrases, in the order in which the decisions were made."""
    found: str = "verb"
    """By what: a pattern of this kind, or `read` by the network alone."""
    met: int = 0
    """How many conditions of its pattern hold."""
    doubt: str | None = None
    """Why the rules take it for no event; it is one only where the network outweighs them."""
    loose: bool = False
    """Its recipients stand further away than its own phrases."""


@dataclass(eq=False)
class ShareDraft:
    """The words of one voice; without statements the article's own."""

    speaker: ActorDraft | None = None
    statements: list[StatementDraft] = field(default_factory=list)
    words: int = 0


@dataclass(eq=False)
class DistanceDraft:
    kind: Reserve
    range: Range
    cue: Range
    actor: ActorDraft | None = None


@dataclass(eq=False)
class SupportDraft:
    """A claim of the headline; `evidence`: the sentence of the body that comes nearest to it."""

    claim: Range
    support: Support = "unsupported"
    statements: list[StatementDraft] = field(default_factory=list)
    events: list[EventDraft] = field(default_factory=list)
    evidence: Range | None = None
    because: str = ""


@dataclass(eq=False)
class Draft:
    """One article on its way through the rooms."""

    article: Article
    doc: Doc
    actors: list[ActorDraft] = field(default_factory=list)
    places: list[PlaceDraft] = field(default_factory=list)
    times: list[TimeDraft] = field(default_factory=list)
    figures: list[FigureDraft] = field(default_factory=list)
    statements: list[StatementDraft] = field(default_factory=list)
    events: list[EventDraft] = field(default_factory=list)
    quotations: list[Quotation] = field(default_factory=list)
    """What stands between quotation marks; found with the statements."""
    shares: list[ShareDraft] = field(default_factory=list)
    distances: list[DistanceDraft] = field(default_factory=list)
    unlikely: list[EventDraft] = field(default_factory=list)
    """Events that the words may tell and the network doubts: none of the coding, but what a headline means by them counts."""
    claims: list[SupportDraft] = field(default_factory=list)
    blocks: list[Block | None] = field(default_factory=list)
    """The block of each token; None where the article has none."""
    telling: Telling | None = None
    """What the network makes of the words; None where the pipeline is not the shipped one."""
    by_head: dict[int, ActorDraft] = field(default_factory=dict)
    """Actor by the head token of each of its mentions."""
    _innermost: tuple[list[StatementDraft] | None, int, dict[int, StatementDraft]] = field(
        default_factory=lambda: (None, 0, {}), init=False, repr=False
    )
    """The statements as last read, how many they were, and the innermost by token."""

    @cached_property
    def words(self) -> list[Word]:
        """The article's text as words, numbers and marks, finer than the tokens."""
        return lex(self.article.text)

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """Where the article's places are looked up."""
        return gazetteer()

    @cached_property
    def paragraphs(self) -> Paragraphs:
        """The article's blocks, and the lines of what is in none."""
        return Paragraphs(self.doc, self.blocks)

    def coded(self, token: Token | int) -> bool:
        """Whether the token stands in text that may be coded (not page furniture)."""
        return self._coded[token if isinstance(token, int) else token.i]

    @cached_property
    def _coded(self) -> list[bool]:
        return [block is None or block.kind not in ("boilerplate", "date", "byline") for block in self.blocks]

    def kind_of(self, token: Token | int) -> str:
        """The kind of block that the token stands in; body where there is none."""
        block = self.blocks[token if isinstance(token, int) else token.i]
        return "body" if block is None else block.kind

    def actor_at(self, head: int) -> ActorDraft | None:
        """The actor that a mention headed by this token names."""
        return self.by_head.get(head)

    def mention(self, actor: ActorDraft, range_: Range, head: int) -> None:
        """Add a mention, and remember its head."""
        actor.mentions.append(Mention(range_, head))
        self.by_head.setdefault(head, actor)

    def innermost(self, index: int) -> StatementDraft | None:
        """The innermost statement whose content holds the token.

        The statements are read once; put a new list in their place, or add to it, when they change.
        """
        read, length, found = self._innermost
        if read is not self.statements or length != len(self.statements):
            found = innermost_by_token(self.statements)
            self._innermost = self.statements, len(self.statements), found
        return found.get(index)


def innermost_by_token(statements: list[StatementDraft]) -> dict[int, StatementDraft]:
    """Of the statements that hold a token the one with the longest chain, of several such the first."""
    depths: dict[int, int] = {}
    found: dict[int, StatementDraft] = {}
    for statement in statements:
        depth = len(statement.chain())
        for part in statement.content:
            for index in range(*part):
                if depth > depths.get(index, 0):
                    depths[index], found[index] = depth, statement
    return found
