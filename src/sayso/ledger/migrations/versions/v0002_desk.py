"""Summaries of incidents in a table of their own, by which many are chosen and drawn; people, their sessions and views."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

Big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOVED = ("type", "country", "place", "first_day", "last_day", "standing", "reports")


def upgrade() -> None:
    op.create_table(
        "summary",
        sa.Column("incident", Big, nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=True),
        sa.Column("standing", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("latitude", sa.Float(), nullable=True),
        sa.Column("longitude", sa.Float(), nullable=True),
        sa.Column("first_day", sa.Integer(), nullable=True, comment="on which it may have begun"),
        sa.Column("last_day", sa.Integer(), nullable=True),
        sa.Column("reports", sa.Integer(), nullable=False),
        sa.Column("origins", sa.Integer(), nullable=False),
        sa.Column("parties", sa.Text(), nullable=False, comment="names and codes of all parties, in lower case"),
        sa.Column("sources", sa.Text(), nullable=False, comment="outlets and origins, in lower case"),
        sa.ForeignKeyConstraint(["incident"], ["incident.id"], name=op.f("fk_summary_incident")),
        sa.PrimaryKeyConstraint("incident", name=op.f("pk_summary")),
    )
    op.create_index("ix_summary_first_day", "summary", ["first_day", "standing", "last_day"], unique=False)
    counted = ["type", "standing", "country", "first_day", "last_day", "latitude", "longitude"]
    op.create_index("ix_summary_type", "summary", counted, unique=False)
    op.create_table(
        "telling",
        sa.Column("id", Big, nullable=False),
        sa.Column("incident", Big, nullable=False),
        sa.Column("outlet", sa.Text(), nullable=False, comment="empty: not known"),
        sa.Column("origin", sa.Text(), nullable=False, comment="its name; empty: nobody whom the article names"),
        sa.Column("kind", sa.Text(), nullable=False, comment="of the origin"),
        sa.Column("standing", sa.Text(), nullable=False, comment="of the incident"),
        sa.Column("reports", sa.Integer(), nullable=False),
        sa.Column("copies", sa.Integer(), nullable=False, comment="of the reports, those that repeat another article"),
        sa.Column(
            "outlet_part",
            sa.Integer(),
            nullable=False,
            comment="1: stands for its outlet in the incident; 2: which told of it first",
        ),
        sa.Column("origin_part", sa.Integer(), nullable=False, comment="the same of its origin"),
        sa.ForeignKeyConstraint(["incident"], ["incident.id"], name=op.f("fk_telling_incident")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_telling")),
    )
    op.create_index("ix_telling_incident", "telling", ["incident"], unique=False)
    told_by = ["outlet", "origin", "kind", "standing", "outlet_part", "reports", "copies"]
    op.create_index("ix_telling_outlet", "telling", told_by, unique=False)
    op.create_index(
        "ix_telling_origin", "telling", ["origin", "kind", "standing", "origin_part", "reports"], unique=False
    )
    op.drop_index("ix_incident_first_day", "incident")
    for name in MOVED:
        op.drop_column("incident", name)
    op.drop_index("ix_incident_stale", "incident")
    op.create_index("ix_incident_stale", "incident", ["stale", "became"], unique=False)
    if op.get_context().dialect.name == "postgresql":  # SQLite keeps no comments
        op.alter_column("incident", "stale", comment="record and summary are to be computed anew")
    op.execute("UPDATE incident SET stale = (became IS NULL)")
    op.create_table(
        "account",
        sa.Column("id", Big, nullable=False),
        sa.Column("name", sa.Text(), nullable=False, comment="in lower case"),
        sa.Column("role", sa.Text(), nullable=False, comment="reader, coder, editor or admin"),
        sa.Column("password", sa.Text(), nullable=True, comment="argon2id; none: no sign-in by password"),
        sa.Column("made", sa.Text(), nullable=False),
        sa.Column("closed", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("name", name=op.f("uq_account_name")),
    )
    op.create_table(
        "access",
        sa.Column("hash", sa.Text(), nullable=False, comment="SHA-256 of the secret, which only its holder has"),
        sa.Column("account", Big, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False, comment="session or token"),
        sa.Column("name", sa.Text(), nullable=False, comment="the browser, or what the token is for"),
        sa.Column("scopes", sa.Text(), nullable=False, comment="of a token, between spaces"),
        sa.Column("made", sa.Text(), nullable=False),
        sa.Column("used", sa.Text(), nullable=False),
        sa.Column("expires", sa.Text(), nullable=True),
        sa.Column("revoked", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["account"], ["account.id"], name=op.f("fk_access_account")),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_access")),
    )
    op.create_index("ix_access_account", "access", ["account"], unique=False)
    op.create_table(
        "view",
        sa.Column("id", Big, nullable=False),
        sa.Column("account", Big, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("query", sa.Text(), nullable=False, comment="the filters as in the address"),
        sa.Column("made", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["account"], ["account.id"], name=op.f("fk_view_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_view")),
        sa.UniqueConstraint("account", "name", name=op.f("uq_view_account_name")),
    )
    op.add_column("annotation", sa.Column("assigned", sa.Text(), nullable=True, comment="who is to decide it"))
    op.add_column("annotation", sa.Column("why", sa.Text(), nullable=True, comment="the reason of who decided it"))
    op.create_index("ix_annotation_state", "annotation", ["state"], unique=False)
    op.create_index("ix_event_role", "event", ["role", "realis"], unique=False)
