"""What Alembic runs: migrations on the connection that `upgrade` gives it."""

from __future__ import annotations

from alembic import context

from sayso.ledger.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
