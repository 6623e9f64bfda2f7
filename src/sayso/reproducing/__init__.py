"""What a run's output depends on, written down beside it (`sayso-run/1`), so that anybody can make the same bytes again."""

from sayso.reproducing.record import Run, read_run, run_schema, to_json

__all__ = ["Run", "read_run", "run_schema", "to_json"]
