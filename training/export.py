"""Write a checkpoint as the shipped model: ONNX, int8, labels, tokenizer.

`python training/export.py --checkpoint build/model/checkpoint.pt --base MINILM --out src/sayso/language/model`
"""

from __future__ import annotations

import argparse
import gzip
import json
import logging
import pickle
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnxruntime.quantization import QuantType, quantize_dynamic

from base import minilm
from documents import Document
from fusing import fuse_file
from model import OUTPUTS, Reader
from windows import Labels

LOG = logging.getLogger("export")
INPUTS = ("ids", "shape", "gap", "first", "last")


def to_onnx(model: Reader, path: Path) -> None:
    """Float32 ONNX with free lengths of pieces and words."""
    pieces, words = 24, 12
    example = (
        torch.randint(1000, 2000, (pieces,)), torch.ones(pieces, dtype=torch.long), torch.ones(pieces, dtype=torch.long),
        torch.arange(1, words + 1), torch.arange(1, words + 1),
    )  # fmt: skip
    p, w = torch.export.Dim("pieces", min=4, max=512), torch.export.Dim("words", min=2, max=510)
    shapes = {"ids": {0: p}, "shape": {0: p}, "gap": {0: p}, "first": {0: w}, "last": {0: w}}
    torch.onnx.export(
        model, example, str(path), input_names=list(INPUTS), output_names=list(OUTPUTS), dynamic_shapes=shapes,
        dynamo=True, external_data=False, optimize=True,
    )  # fmt: skip


OPEN_CLASSES = ("VERB", "NOUN", "ADJ", "ADV")


def dictionary() -> Iterator[tuple[str, str, list[str]]]:
    """(form, part of speech, lemmas) of LemmInflect's table."""
    table = files("lemminflect") / "resources" / "lemma_lu.csv.gz"
    for line in gzip.decompress(table.read_bytes()).decode("utf-8").splitlines():
        form, kind, lemmas = line.split(",")
        upos = kind.upper()
        if upos in OPEN_CLASSES and len(form) > 2 and form.isascii() and form.isalpha() and form.islower():
            yield form, upos, lemmas.split("/")


def lemma_table(documents: Sequence[Document]) -> dict[str, dict[str, str]]:
    """By part of speech, the lemma of each form of the corpora; "" where it is the form itself.

    The treebanks' own lemma where a form nearly always has the same one, else what LemmInflect's dictionary
    (MIT; from the NIH's SPECIALIST lexicon) says. Names and unknown forms are left to the network.
    """
    counts: dict[tuple[str, str], Counter[str]] = {}
    forms: Counter[str] = Counter()
    for document in documents:
        for word in document.words:
            if not word.text.isalpha() or not word.text.isascii():
                continue
            forms[word.text.lower()] += 1
            if word.lemma and word.upos not in (None, "PROPN", "X", "NUM", "PUNCT", "SYM"):
                counts.setdefault((str(word.upos), word.text.lower()), Counter())[word.lemma] += 1
    table: dict[str, dict[str, str]] = {}

    def keep(upos: str, form: str, lemma: str) -> None:
        table.setdefault(upos, {})[form] = "" if lemma == form else lemma

    for form, upos, lemmas_of_form in dictionary():
        if upos == "VERB" or form in forms:
            keep(upos, form, lemmas_of_form[0])
    for (upos, form), lemmas in sorted(counts.items()):
        (lemma, most), *_ = lemmas.most_common()
        if most >= 0.9 * lemmas.total():
            keep(upos, form, lemma)
    return table


def without_traces(path: Path) -> None:
    """Take out what the exporter notes of itself: source lines, paths, names of the machine it ran on."""
    model = onnx.load(path)
    graph = model.graph
    parts = (model, graph, *graph.node, *graph.initializer, *graph.value_info, *graph.input, *graph.output)
    for part in (*parts, *model.functions):
        del part.metadata_props[:]
        part.doc_string = ""
    onnx.save(model, path)


def pair_weights(model: Reader) -> dict[str, NDArray[np.float16]]:
    """The event head, whose layers run outside the network: see sayso.language.pairs."""
    pairs = model.pairs
    layers = {"asked": pairs.asked, "key": pairs.key, "hidden": pairs.hidden[0], "event": pairs.event}
    ends = [(n, x, end) for n, x in layers.items() for end in ("weight", "bias")]
    return {f"{n}.{end}": getattr(x, end).detach().numpy().astype(np.float16) for n, x, end in ends}


def event_weights(model: Reader) -> dict[str, NDArray[np.float16]]:
    """The head that reads acts off single words: see sayso.language.events."""
    acts = model.acts
    layers = {
        name: getattr(acts, name)
        for name in ("told", "kind", "mode", "realis", "background", "product", "prior", "lack")
    }
    layers |= {name: getattr(acts, name)[0] for name in ("hidden", "trigger", "party")}
    ends = [(n, x, end) for n, x in layers.items() for end in ("weight", "bias") if getattr(x, end) is not None]
    return {f"{n}.{end}": getattr(x, end).detach().numpy().astype(np.float16) for n, x, end in ends}


def saying_weights(model: Reader) -> dict[str, NDArray[np.float16]]:
    """The head of attributions: see sayso.language.sayings."""
    head = model.sayings
    layers = {
        "anchor": head.anchor[0],
        "anchored": head.anchor[-1],
        "word": head.word,
        "asking": head.asking,
        "tag": head.tag,
    }
    found = {f"{n}.{end}": getattr(x, end) for n, x in layers.items() for end in ("weight", "bias")}
    found |= {"distance.weight": head.distance.weight, "follows": head.follows, "begins": head.begins}
    return {name: x.detach().numpy().astype(np.float16) for name, x in found.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--corpora", type=Path, required=True, help="the corpora-*.pickle that train.py kept")
    parser.add_argument("--base", type=Path, default=minilm(), help="folder of the MiniLM-L6 weights")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--float", action="store_true", help="leave the weights in float32")
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    labels = Labels(**json.loads((options.checkpoint.parent / "labels.json").read_text(encoding="utf-8")))
    model = Reader(labels)
    model.load_state_dict(torch.load(options.checkpoint, weights_only=False, map_location="cpu")["model"])
    model.eval()
    options.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "model.onnx"
        to_onnx(model, whole)
        target = options.out / "model.onnx"
        if options.float:
            shutil.copy(whole, target)
        else:
            quantize_dynamic(whole, target, per_channel=True, reduce_range=True, weight_type=QuantType.QInt8)
            fuse_file(target)
    without_traces(target)
    rel = model.rel
    np.savez(options.out / "relations.npz", weight=rel.weight.detach().numpy(), bias=rel.bias.detach().numpy())
    np.savez(options.out / "pairs.npz", **pair_weights(model))
    np.savez(options.out / "events.npz", **event_weights(model))
    np.savez(options.out / "sayings.npz", **saying_weights(model))
    shutil.copy(options.checkpoint.parent / "labels.json", options.out / "labels.json")
    corpora = pickle.loads(options.corpora.read_bytes())  # written by train.py
    table = lemma_table([d for documents in corpora.values() for d in documents])
    (options.out / "lemmas.json").write_text(json.dumps(table, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    shutil.copy(options.base / "tokenizer.json", options.out / "tokenizer.json")
    for file in sorted(options.out.iterdir()):
        LOG.info("%s %d bytes", file.name, file.stat().st_size)


if __name__ == "__main__":
    main()
