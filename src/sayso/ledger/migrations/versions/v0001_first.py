"""The first released schema."""

from __future__ import annotations

from uuid import uuid4

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

WORDS = {
    "sqlite": (
        "CREATE VIRTUAL TABLE words USING fts5(title, body, tokenize = 'porter unicode61 remove_diacritics 2')",
    ),
    "postgresql": (
        "CREATE TABLE words (article BIGINT PRIMARY KEY, title TEXT NOT NULL, body TEXT NOT NULL, document TSVECTOR "
        "GENERATED ALWAYS AS (setweight(to_tsvector('english', title), 'A') || to_tsvector('english', body)) STORED)",
        "CREATE INDEX ix_words_document ON words USING gin (document)",
    ),
}
"""Full text, which the two databases do each in its own way."""

Big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "audit",
        sa.Column("id", Big, nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False, comment="JSON"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )
    op.create_table(
        "decision",
        sa.Column("id", Big, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False, comment="together or apart"),
        sa.Column(
            "one", sa.Text(), nullable=False, comment="article key, start and end of the trigger, its words: as JSON"
        ),
        sa.Column("other", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("made", sa.Text(), nullable=False),
        sa.Column("withdrawn", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
    )
    op.create_table(
        "incident",
        sa.Column("id", Big, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("became", Big, nullable=True, comment="the incident into which this one was merged"),
        sa.Column("made", sa.Text(), nullable=False),
        sa.Column("stale", sa.Boolean(), nullable=False, comment="the columns below are to be computed anew"),
        sa.Column("type", sa.Text(), nullable=True),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("first_day", sa.Integer(), nullable=True, comment="on which it may have begun"),
        sa.Column("last_day", sa.Integer(), nullable=True),
        sa.Column("standing", sa.Text(), nullable=True),
        sa.Column("reports", sa.Integer(), nullable=True),
        sa.Column("record", sa.LargeBinary(), nullable=True, comment="the Incident as JSON, compressed with zlib"),
        sa.ForeignKeyConstraint(["became"], ["incident.id"], name=op.f("fk_incident_became")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident")),
        sa.UniqueConstraint("key", name=op.f("uq_incident_key")),
    )
    op.create_index("ix_incident_became", "incident", ["became"], unique=False)
    op.create_index("ix_incident_first_day", "incident", ["first_day"], unique=False)
    op.create_index(
        "ix_incident_stale",
        "incident",
        ["stale"],
        unique=False,
        sqlite_where=sa.text("stale"),
        postgresql_where=sa.text("stale"),
    )
    op.create_table(
        "origin",
        sa.Column("id", Big, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_origin")),
        sa.UniqueConstraint("key", name=op.f("uq_origin_key")),
    )
    op.create_table(
        "raw",
        sa.Column("hash", sa.Text(), nullable=False, comment="SHA-256 of the bytes as they were read"),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False, comment="compressed with zlib"),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_raw")),
    )
    op.create_table(
        "setting",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_setting")),
    )
    op.create_table(
        "article",
        sa.Column("id", Big, nullable=False),
        sa.Column("key", sa.Text(), nullable=False, comment="the article's id in codings and incidents"),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("outlet", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("published", sa.Text(), nullable=True),
        sa.Column("day", sa.Integer(), nullable=True, comment="of publication"),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column(
            "text_hash", sa.Text(), nullable=False, comment="SHA-256 of the text that is kept; empty once forgotten"
        ),
        sa.Column(
            "read_hash",
            sa.Text(),
            nullable=False,
            comment="SHA-256 of the text as it was read, before anything was masked",
        ),
        sa.Column("raw", sa.Text(), nullable=True),
        sa.Column("signature", sa.LargeBinary(), nullable=True, comment="MinHash, by which copies are found"),
        sa.Column("copy_of", Big, nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False, comment="of the current coding"),
        sa.Column("added", sa.Text(), nullable=False),
        sa.Column("forgotten", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["copy_of"], ["article.id"], name=op.f("fk_article_copy_of")),
        sa.ForeignKeyConstraint(["raw"], ["raw.hash"], name=op.f("fk_article_raw")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article")),
        sa.UniqueConstraint("key", name=op.f("uq_article_key")),
    )
    op.create_index(op.f("ix_article_copy_of"), "article", ["copy_of"], unique=False)
    op.create_index("ix_article_day", "article", ["day"], unique=False)
    op.create_index("ix_article_source", "article", ["source"], unique=False)
    op.create_table(
        "annotation",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("article", Big, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False, comment="a motivation of the Web Annotation model"),
        sa.Column("creator", sa.Text(), nullable=False),
        sa.Column("created", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("exact", sa.Text(), nullable=False),
        sa.Column("prefix", sa.Text(), nullable=False),
        sa.Column("suffix", sa.Text(), nullable=False),
        sa.Column("text_hash", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=True),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("reply_to", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False, comment="open, accepted, declined or withdrawn"),
        sa.Column("orphan", sa.Boolean(), nullable=False),
        sa.Column("incident", Big, nullable=True, comment="of a verdict"),
        sa.ForeignKeyConstraint(["article"], ["article.id"], name=op.f("fk_annotation_article")),
        sa.ForeignKeyConstraint(["incident"], ["incident.id"], name=op.f("fk_annotation_incident")),
        sa.ForeignKeyConstraint(["reply_to"], ["annotation.id"], name=op.f("fk_annotation_reply_to")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_annotation")),
    )
    op.create_index(op.f("ix_annotation_article"), "annotation", ["article"], unique=False)
    op.create_table(
        "band",
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.Column("article", Big, nullable=False),
        sa.ForeignKeyConstraint(["article"], ["article.id"], name=op.f("fk_band_article")),
        sa.PrimaryKeyConstraint("value", "article", name=op.f("pk_band")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_band_article", "band", ["article"], unique=False)
    op.create_table(
        "coding",
        sa.Column("id", Big, nullable=False),
        sa.Column("article", Big, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("coder", sa.Text(), nullable=False, comment="version, model, lexicon and gazetteer, as JSON"),
        sa.Column("made", sa.Text(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False, comment="the Coding as JSON, compressed with zlib"),
        sa.ForeignKeyConstraint(["article"], ["article.id"], name=op.f("fk_coding_article")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coding")),
        sa.UniqueConstraint("article", "revision", name=op.f("uq_coding_article_revision")),
    )
    op.create_table(
        "event",
        sa.Column("id", Big, nullable=False),
        sa.Column("article", Big, nullable=False),
        sa.Column("name", sa.Text(), nullable=False, comment="its id in the coding, e1"),
        sa.Column(
            "role",
            sa.Text(),
            nullable=False,
            comment="report, denial, or other: plans, history, what nobody told as fact",
        ),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=True),
        sa.Column("cameo", sa.Text(), nullable=True),
        sa.Column("acled", sa.Text(), nullable=True, comment="event type / sub-event type"),
        sa.Column("realis", sa.Text(), nullable=False),
        sa.Column("background", sa.Boolean(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("trigger", sa.Text(), nullable=False),
        sa.Column("trigger_start", sa.Integer(), nullable=False),
        sa.Column("trigger_end", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Integer(), nullable=True),
        sa.Column("last_day", sa.Integer(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("latitude", sa.Float(), nullable=True),
        sa.Column("longitude", sa.Float(), nullable=True),
        sa.Column("precision", sa.Text(), nullable=True),
        sa.Column(
            "parties", sa.Text(), nullable=False, comment="names and codes of who did it and to whom, in lower case"
        ),
        sa.Column("origin", Big, nullable=True),
        sa.Column("incident", Big, nullable=True),
        sa.Column("facts", sa.Text(), nullable=False, comment="what clustering and agreement read, as JSON"),
        sa.ForeignKeyConstraint(["article"], ["article.id"], name=op.f("fk_event_article")),
        sa.ForeignKeyConstraint(["incident"], ["incident.id"], name=op.f("fk_event_incident")),
        sa.ForeignKeyConstraint(["origin"], ["origin.id"], name=op.f("fk_event_origin")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
        sa.UniqueConstraint("article", "name", name=op.f("uq_event_article_name")),
    )
    op.create_index("ix_event_incident", "event", ["incident"], unique=False)
    op.create_table(
        "block",
        sa.Column("key", sa.BigInteger(), nullable=False),
        sa.Column("event", Big, nullable=False),
        sa.ForeignKeyConstraint(["event"], ["event.id"], name=op.f("fk_block_event"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("key", "event", name=op.f("pk_block")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_block_event", "block", ["event"], unique=False)

    for statement in WORDS[op.get_bind().dialect.name]:
        op.execute(statement)
    setting = sa.table("setting", sa.column("name"), sa.column("value"))
    op.bulk_insert(setting, [{"name": "clock", "value": "0"}, {"name": "identity", "value": uuid4().hex}])
