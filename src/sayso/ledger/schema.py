"""The tables of a ledger, the same in SQLite and PostgreSQL. `migrations/` makes them; this module says what the newest are.

Days are proleptic Gregorian ordinals (`datetime.date.toordinal`), so that both databases compare them alike; times of
writing are ISO 8601 in UTC. Offsets are code points into the text of the article's current coding, 0-based,
end-exclusive. Nothing is deleted but what `forget` takes away, and of that a tombstone stays.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
"""Names of constraints, so that a migration can take away on one database what it made on the other."""

metadata = MetaData(naming_convention=NAMES)
Big = BigInteger().with_variant(Integer, "sqlite")
"""A 64-bit integer; SQLite counts up by itself only what it calls INTEGER."""

setting = Table(
    "setting", metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)  # fmt: skip
"""`clock` counts the transactions that wrote; `identity` is the ledger's own."""

raw = Table(
    "raw", metadata,
    Column("hash", Text, primary_key=True, comment="SHA-256 of the bytes as they were read"),
    Column("size", Integer, nullable=False),
    Column("data", LargeBinary, nullable=False, comment="compressed with zlib"),
)  # fmt: skip
"""Inputs as they were read, each once."""

article = Table(
    "article", metadata,
    Column("id", Big, primary_key=True),
    Column("key", Text, nullable=False, unique=True, comment="the article's id in codings and incidents"),
    Column("source", Text, nullable=False),
    Column("outlet", Text),
    Column("title", Text),
    Column("published", Text),
    Column("day", Integer, comment="of publication"),
    Column("language", Text),
    Column("text_hash", Text, nullable=False, comment="SHA-256 of the text that is kept; empty once forgotten"),
    Column("read_hash", Text, nullable=False, comment="SHA-256 of the text as it was read, before anything was masked"),
    Column("raw", Text, ForeignKey("raw.hash")),
    Column("signature", LargeBinary, comment="MinHash, by which copies are found"),
    Column("copy_of", Big, ForeignKey("article.id"), index=True),
    Column("revision", Integer, nullable=False, comment="of the current coding; 0: none"),
    Column("added", Text, nullable=False),
    Column("forgotten", Text),
    Index("ix_article_source", "source"),
    Index("ix_article_day", "day"),
)  # fmt: skip

coding = Table(
    "coding", metadata,
    Column("id", Big, primary_key=True),
    Column("article", Big, ForeignKey("article.id"), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("coder", Text, nullable=False, comment="version, model, lexicon and gazetteer, as JSON"),
    Column("made", Text, nullable=False),
    Column("data", LargeBinary, nullable=False, comment="the Coding as JSON, compressed with zlib"),
    Column("masked", Text, comment="by which rules it was masked before it was kept; none: not, or not known"),
    UniqueConstraint("article", "revision"),
)  # fmt: skip
"""Every coding that an article has had; the current one is the revision that `article` names."""

uncoded = Table(
    "uncoded", metadata,
    Column("article", Big, ForeignKey("article.id"), primary_key=True, autoincrement=False),
    Column("data", LargeBinary, nullable=False, comment="the Article as JSON, compressed with zlib"),
)  # fmt: skip
"""Articles in languages that are not coded, so that they are found by their words. One that is coded later is no more here."""

band = Table(
    "band", metadata,
    Column("value", BigInteger, primary_key=True),
    Column("article", Big, ForeignKey("article.id"), primary_key=True),
    Index("ix_band_article", "article"),
    sqlite_with_rowid=False,
)  # fmt: skip
"""Bands of the signatures: articles that share one may be copies."""

origin = Table(
    "origin", metadata,
    Column("id", Big, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("kind", Text, nullable=False),
)  # fmt: skip

incident = Table(
    "incident", metadata,
    Column("id", Big, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("became", Big, ForeignKey("incident.id"), comment="the incident into which this one was merged"),
    Column("made", Text, nullable=False),
    Column("stale", Boolean, nullable=False, comment="record and summary are to be computed anew"),
    Column("record", LargeBinary, comment="the Incident as JSON, compressed with zlib"),
    Column("corrected", LargeBinary, comment="the same as people have corrected it, where that is otherwise; empty: no report is left"),
    Index("ix_incident_stale", "stale", "became"),
    Index("ix_incident_became", "became"),
)  # fmt: skip

summary = Table(
    "summary", metadata,
    Column("incident", Big, ForeignKey("incident.id"), primary_key=True, autoincrement=False),
    Column("type", Text, nullable=False),
    Column("mode", Text),
    Column("standing", Text, nullable=False),
    Column("country", Text),
    Column("place", Text),
    Column("latitude", Float),
    Column("longitude", Float),
    Column("first_day", Integer, comment="on which it may have begun"),
    Column("last_day", Integer),
    Column("reports", Integer, nullable=False),
    Column("origins", Integer, nullable=False),
    Column("parties", Text, nullable=False, comment="names and codes of all parties, in lower case"),
    Column("sources", Text, nullable=False, comment="outlets and origins, in lower case"),
    Index("ix_summary_first_day", "first_day", "standing", "last_day"),
    Index("ix_summary_type", "type", "standing", "country", "first_day", "last_day", "latitude", "longitude"),
)  # fmt: skip
"""What incidents that have reports are in short, as people have corrected them. By it they are chosen: rows are small, and many are read at once."""

telling = Table(
    "telling", metadata,
    Column("id", Big, primary_key=True),
    Column("incident", Big, ForeignKey("incident.id"), nullable=False, index=True),
    Column("outlet", Text, nullable=False, comment="empty: not known"),
    Column("origin", Text, nullable=False, comment="its name; empty: nobody whom the article names"),
    Column("kind", Text, nullable=False, comment="of the origin"),
    Column("standing", Text, nullable=False, comment="of the incident"),
    Column("reports", Integer, nullable=False),
    Column("copies", Integer, nullable=False, comment="of the reports, those that repeat another article"),
    Column("outlet_part", Integer, nullable=False, comment="1: stands for its outlet in the incident; 2: which told of it first"),
    Column("origin_part", Integer, nullable=False, comment="the same of its origin"),
    Index("ix_telling_outlet", "outlet", "origin", "kind", "standing", "outlet_part", "reports", "copies"),
    Index("ix_telling_origin", "origin", "kind", "standing", "origin_part", "reports"),
)  # fmt: skip
"""Which outlets told of an incident, and on whose word: a row for each outlet with each origin. Computed with its summary."""

event = Table(
    "event", metadata,
    Column("id", Big, primary_key=True),
    Column("article", Big, ForeignKey("article.id"), nullable=False),
    Column("name", Text, nullable=False, comment="its id in the coding, e1"),
    Column("role", Text, nullable=False, comment="report, denial, or other: plans, history, what nobody told as fact"),
    Column("type", Text, nullable=False),
    Column("mode", Text),
    Column("cameo", Text),
    Column("acled", Text, comment="event type / sub-event type"),
    Column("realis", Text, nullable=False),
    Column("background", Boolean, nullable=False),
    Column("score", Float, nullable=False),
    Column("trigger", Text, nullable=False),
    Column("trigger_start", Integer, nullable=False),
    Column("trigger_end", Integer, nullable=False),
    Column("first_day", Integer),
    Column("last_day", Integer),
    Column("place", Text),
    Column("country", Text),
    Column("latitude", Float),
    Column("longitude", Float),
    Column("precision", Text),
    Column("parties", Text, nullable=False, comment="names and codes of who did it and to whom, in lower case"),
    Column("origin", Big, ForeignKey("origin.id")),
    Column("incident", Big, ForeignKey("incident.id")),
    Column("facts", Text, nullable=False, comment="what clustering and agreement read, as JSON"),
    UniqueConstraint("article", "name"),
    Index("ix_event_incident", "incident"),
    Index("ix_event_role", "role", "realis"),
)  # fmt: skip
"""The events of the current codings."""

block = Table(
    "block", metadata,
    Column("key", BigInteger, primary_key=True),
    Column("event", Big, ForeignKey("event.id", ondelete="CASCADE"), primary_key=True),
    Index("ix_block_event", "event"),
    sqlite_with_rowid=False,
)  # fmt: skip
"""Under which keys the clustering looks for a report (and for a denial nobody does)."""

decision = Table(
    "decision", metadata,
    Column("id", Big, primary_key=True),
    Column("kind", Text, nullable=False, comment="together or apart"),
    Column("one", Text, nullable=False, comment="article key, start and end of the trigger, its words: as JSON"),
    Column("other", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("made", Text, nullable=False),
    Column("withdrawn", Text),
)  # fmt: skip
"""What a person has said of two reports: they are of one incident, or they are not."""

annotation = Table(
    "annotation", metadata,
    Column("id", Text, primary_key=True),
    Column("article", Big, ForeignKey("article.id"), nullable=False, index=True),
    Column("kind", Text, nullable=False, comment="a motivation of the Web Annotation model"),
    Column("creator", Text, nullable=False),
    Column("created", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("exact", Text, nullable=False),
    Column("prefix", Text, nullable=False),
    Column("suffix", Text, nullable=False),
    Column("text_hash", Text, nullable=False),
    Column("field", Text),
    Column("value", Text),
    Column("body", Text),
    Column("reply_to", Text, ForeignKey("annotation.id")),
    Column("state", Text, nullable=False, comment="open, accepted, declined or withdrawn"),
    Column("orphan", Boolean, nullable=False),
    Column("incident", Big, ForeignKey("incident.id"), comment="of a verdict"),
    Column("assigned", Text, comment="who is to decide it"),
    Column("why", Text, comment="the reason of who decided it"),
    Index("ix_annotation_state", "state"),
)  # fmt: skip
"""Corrections, replies, categories, questions and verdicts. None is ever changed but in its state and its place."""

audit = Table(
    "audit", metadata,
    Column("id", Big, primary_key=True),
    Column("at", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("target", Text, nullable=False),
    Column("detail", Text, nullable=False, comment="JSON"),
)  # fmt: skip
"""Who did what to the ledger, and when. Rows are only ever added."""

account = Table(
    "account", metadata,
    Column("id", Big, primary_key=True),
    Column("name", Text, nullable=False, unique=True, comment="in lower case"),
    Column("role", Text, nullable=False, comment="reader, coder, editor or admin"),
    Column("password", Text, comment="argon2id; none: no sign-in by password"),
    Column("made", Text, nullable=False),
    Column("closed", Text),
)  # fmt: skip
"""People who may use the desk. An account is closed and never taken away: what it said stays said by it."""

access = Table(
    "access", metadata,
    Column("hash", Text, primary_key=True, comment="SHA-256 of the secret, which only its holder has"),
    Column("account", Big, ForeignKey("account.id"), nullable=False, index=True),
    Column("kind", Text, nullable=False, comment="session or token"),
    Column("name", Text, nullable=False, comment="the browser, or what the token is for"),
    Column("scopes", Text, nullable=False, comment="of a token, between spaces"),
    Column("made", Text, nullable=False),
    Column("used", Text, nullable=False),
    Column("expires", Text),
    Column("revoked", Text),
)  # fmt: skip
"""What lets somebody in: sessions of browsers and tokens of programs."""

view = Table(
    "view", metadata,
    Column("id", Big, primary_key=True),
    Column("account", Big, ForeignKey("account.id"), nullable=False),
    Column("name", Text, nullable=False),
    Column("query", Text, nullable=False, comment="the filters as in the address"),
    Column("made", Text, nullable=False),
    UniqueConstraint("account", "name"),
)  # fmt: skip
"""Filters that somebody keeps under a name."""
