"""Codings for people and programs (terminal report, CSV, HTML page, frames, CoNLL-U), and incidents in the formats of the field.

`WRITERS` holds, by name of the format, what the command line writes: text before the first coding, one for each
coding as it comes, text after the last.
"""

from __future__ import annotations

from sayso.exports.writers import WRITERS, Writer

__all__ = ["WRITERS", "Writer"]
