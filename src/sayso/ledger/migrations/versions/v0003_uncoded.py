"""Articles that are kept without a coding."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

Big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "uncoded",
        sa.Column("article", Big, autoincrement=False, nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False, comment="the Article as JSON, compressed with zlib"),
        sa.ForeignKeyConstraint(["article"], ["article.id"], name=op.f("fk_uncoded_article")),
        sa.PrimaryKeyConstraint("article", name=op.f("pk_uncoded")),
    )
    if op.get_context().dialect.name == "postgresql":  # SQLite keeps no comments
        op.alter_column("article", "revision", comment="of the current coding; 0: none")
