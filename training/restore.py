"""A checkpoint of the shipped model, to go on from: `python training/restore.py src/sayso/language/model --out build/shipped`.

The float weights of a release are not kept; its int8 weights times their scales are within half a step of them, and a
few steps of training make good what rounding cost.
"""

from __future__ import annotations

import argparse
import json
import logging
import shutil
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper

from fusing import PACKED, PROJECTIONS
from model import Reader
from windows import Labels

LOG = logging.getLogger("restore")
PASSED = ("Cast", "Mul", "MatMul", "MatMulInteger")
"""Nodes between a product and the bias that names it."""
NAMELESS = {(256, 256): "arc.product.weight"}
"""Products without a bias, by their shape."""


def restored(path: Path) -> dict[str, torch.Tensor]:
    """Weights by their names in the network; those of the layers that run outside it are lacking."""
    graph = onnx.load(path).graph
    held = {i.name: numpy_helper.to_array(i) for i in graph.initializer}
    constants = {name: array for name, array in held.items() if PACKED not in name}
    readers = {name: node for node in graph.node for name in node.input}
    found = attention(held)
    found |= {name: a.astype(np.float32) for name, a in constants.items() if name.endswith((".weight", ".bias"))}

    def whole(name: str) -> NDArray[np.float32]:
        zero = constants[f"{name}_zero_point"].astype(np.float32)
        result: NDArray[np.float32] = (constants[f"{name}_quantized"].astype(np.float32) - zero) * constants[
            f"{name}_scale"
        ]
        return result

    for name in constants:
        plain = name.removesuffix("_quantized")
        if plain == name:
            continue
        if plain.endswith(".weight"):
            found[plain] = whole(plain)
            continue
        node = readers[name]
        while node.op_type in PASSED and (following := readers.get(node.output[0])) is not None:
            node = following
        bias = next((i for i in node.input if i.endswith(".bias")), None) if node.op_type == "Add" else None
        weight = whole(plain).T
        found[f"{bias.removesuffix('.bias')}.weight" if bias else NAMELESS[weight.shape]] = weight.copy()
    return {name: torch.from_numpy(np.array(a)) for name, a in found.items()}


def attention(constants: dict[str, NDArray[np.generic]]) -> dict[str, NDArray[np.float32]]:
    """Weights and biases of query, key and value, which `fusing.py` puts side by side."""
    found = {}
    for name in constants:
        packed = name.removesuffix(".weight_quantized")
        if packed == name or not packed.endswith(PACKED):
            continue
        layer = packed.removesuffix(PACKED)
        weight = constants[name].astype(np.float32) * constants[f"{packed}.weight_scale"]
        ends = {"weight": weight.T, "bias": constants[f"{packed}.bias"]}
        for end, whole in ends.items():
            parts = zip(PROJECTIONS, np.split(whole, len(PROJECTIONS)), strict=True)
            found |= {f"{layer}{which}.{end}": part.astype(np.float32) for which, part in parts}
    return found


def outside(folder: Path) -> dict[str, torch.Tensor]:
    """Weights of the layers that run outside the network: relations, and the heads of attributions and events."""
    found = {}
    with np.load(folder / "relations.npz", allow_pickle=False) as saved:
        found |= {f"rel.{end}": saved[end].astype(np.float32) for end in ("weight", "bias")}
    with np.load(folder / "pairs.npz", allow_pickle=False) as saved:
        for name in saved.files:
            layer, end = name.split(".")
            found[f"pairs.{layer}{'.0' if layer == 'hidden' else ''}.{end}"] = saved[name].astype(np.float32)
    with np.load(folder / "events.npz", allow_pickle=False) as saved:
        for name in saved.files:
            layer, end = name.split(".")
            inner = ".0" if layer in ("hidden", "trigger", "party") else ""
            found[f"acts.{layer}{inner}.{end}"] = saved[name].astype(np.float32)
    with np.load(folder / "sayings.npz", allow_pickle=False) as saved:
        for name in saved.files:
            layer = name.replace("anchor.", "anchor.0.").replace("anchored.", "anchor.3.")
            found[f"sayings.{layer}"] = saved[name].astype(np.float32)
    return {name: torch.from_numpy(a) for name, a in found.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    labels = Labels(**json.loads((options.folder / "labels.json").read_text(encoding="utf-8")))
    weights = restored(options.folder / "model.onnx") | outside(options.folder)
    missing, spare = Reader(labels).load_state_dict(weights, strict=False)
    LOG.info("%d weights; missing: %s; spare: %s", len(weights), missing, spare)
    options.out.mkdir(parents=True, exist_ok=True)
    torch.save({"model": weights}, options.out / "checkpoint.pt")
    shutil.copy(options.folder / "labels.json", options.out / "labels.json")


if __name__ == "__main__":
    main()
