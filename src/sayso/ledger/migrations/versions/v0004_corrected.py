"""Incidents as people have corrected them beside what the coder made of them; summaries say what is corrected. Which codings are masked."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

TELLS = "the same as people have corrected it, where that is otherwise; empty: no report is left"
MASKED = "by which rules it was masked before it was kept; none: not, or not known"
CORRECTS = "state = 'accepted' AND field IS NOT NULL AND NOT orphan"


def upgrade() -> None:
    op.add_column("coding", sa.Column("masked", sa.Text(), nullable=True, comment=MASKED))
    op.add_column("incident", sa.Column("corrected", sa.LargeBinary(), nullable=True, comment=TELLS))
    told = f"SELECT incident FROM event WHERE article IN (SELECT article FROM annotation WHERE {CORRECTS})"  # noqa: S608  # our own words
    op.execute(f"UPDATE incident SET stale = (1 = 1) WHERE became IS NULL AND id IN ({told})")  # noqa: S608  # as above
