"""The shipped network, run by onnxruntime: one window of words in, the heads' outputs out.

One window at a time: dynamic quantisation takes its scale over the whole input, so that a window beside
another would change what is read in it. One thread for the same reason of sameness; several articles are
read in parallel by several processes.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")  # else its import writes a device id into the user's cache
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from sayso.errors import ModelError
from sayso.language.decode import Lemmas, Relations, TagSet
from sayso.language.events import EventHead
from sayso.language.features import Features, WordPieces, features
from sayso.language.judges import read_judges
from sayso.language.pairs import PairScorer
from sayso.language.sayings import SayingHead

SHIPPED = Path(__file__).parent / "model"
FILES = (
    "model.onnx",
    "events.npz",
    "judges.json",
    "labels.json",
    "lemmas.json",
    "pairs.npz",
    "relations.npz",
    "sayings.npz",
    "tokenizer.json",
)
SLOWER = ["SkipLayerNormFusion"]
"""Optimisations of onnxruntime that are left out: the operator that adds and normalises in one takes seven times as long
as the two that it stands for (198 and 28 µs for 127 wordpieces, onnxruntime 1.32), a quarter of the network's whole time."""
OUTPUTS = (
    "upos", "xpos", "feats", "lemma", "starts", "ner", "arcs", "rel_dependent", "rel_head", "vectors",
)  # fmt: skip


class Encoder:
    """The network of one model folder. Raises ModelError where a file is missing or broken."""

    def __init__(self, folder: Path = SHIPPED):
        self.folder = folder
        missing = [name for name in FILES if not (folder / name).is_file()]
        if missing:
            raise ModelError(f"{folder}: no {', '.join(missing)} in this model folder")
        self.labels: dict[str, list[str]] = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
        self.lemmas = Lemmas(json.loads((folder / "lemmas.json").read_text(encoding="utf-8")))
        self.pieces = WordPieces(Tokenizer.from_file(str(folder / "tokenizer.json")))
        self.ner = TagSet.of(self.labels["ner"])
        with np.load(folder / "relations.npz", allow_pickle=False) as saved:
            self.relations = Relations(self.labels["deprel"], saved["weight"], saved["bias"])
        self.pairs = PairScorer.read(folder / "pairs.npz", self.labels["events"])
        self.events = EventHead.read(
            folder / "events.npz", self.labels["types"], self.labels["modes"], self.labels["realis"]
        )
        self.sayings = SayingHead.read(folder / "sayings.npz", self.labels["says"])
        self.judges = read_judges(folder / "judges.json")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        try:
            self._session = onnxruntime.InferenceSession(
                (folder / "model.onnx").read_bytes(),
                options,
                providers=["CPUExecutionProvider"],
                disabled_optimizers=SLOWER,
            )
        except Exception as error:  # onnxruntime raises its own, private classes
            raise ModelError(f"{folder / 'model.onnx'}: {error}") from error

    @cached_property
    def version(self) -> str:
        """Short hash of the model's files."""
        digest = hashlib.sha256()
        for name in FILES:
            digest.update((self.folder / name).read_bytes())
        return digest.hexdigest()[:12]

    def __call__(self, words: Sequence[str], gaps: Sequence[int], shapes: Sequence[int]) -> dict[str, NDArray[Any]]:
        """Outputs by name; the first axis of each is the word."""
        return self.run(features(words, gaps, shapes, self.pieces))

    def run(self, given: Features) -> dict[str, NDArray[Any]]:
        """Outputs for features already made."""
        return dict(zip(OUTPUTS, self._session.run(list(OUTPUTS), given), strict=True))
