"""Attention of the int8 network as one operator a layer: `python training/fusing.py src/sayso/language/model/model.onnx`.

onnxruntime's QAttention multiplies by the packed weights of query, key and value and attends, without moving what it
multiplied to other places between. It does the same sums: the outputs are the same, bit for bit.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import helper, numpy_helper

DOMAIN = "com.microsoft"
HEADS = 12
PROJECTIONS = ("query", "key", "value")
PACKED = "query_key_value"
Found = dict[str, onnx.NodeProto]


class Graph:
    """The nodes of a graph by what they make and by what reads it, and its constants."""

    def __init__(self, graph: onnx.GraphProto):
        self.nodes = list(graph.node)
        self.constants: dict[str, NDArray[np.generic]] = {i.name: numpy_helper.to_array(i) for i in graph.initializer}
        self.maker = {name: node for node in self.nodes for name in node.output}
        self.readers: dict[str, list[onnx.NodeProto]] = {}
        for node in self.nodes:
            for name in node.input:
                self.readers.setdefault(name, []).append(node)

    def after(self, node: onnx.NodeProto, *kinds: str) -> Iterator[onnx.NodeProto]:
        """The nodes that follow one another, each the only reader of the one before. Raises ValueError at any other."""
        for kind in kinds:
            readers = self.readers.get(node.output[0], [])
            if [reader.op_type for reader in readers] != [kind]:
                raise ValueError(f"{node.name}: {kind} was to follow, not {[r.op_type for r in readers]}")
            node = readers[0]
            yield node

    def projection(self, layer: str, which: str) -> Found:
        """The nodes of one product, from the integers to the heads' own places."""
        (add,) = self.readers[f"{layer}.{which}.bias"]
        scaled = self.maker[add.input[0]]
        cast = self.maker[scaled.input[0]]
        reshape, transpose = self.after(add, "Reshape", "Transpose")
        return {
            "product": self.maker[cast.input[0]], "cast": cast, "scales": self.maker[scaled.input[1]], "scaled": scaled,
            "add": add, "reshape": reshape, "transpose": transpose,
        }  # fmt: skip


def fuse(model: onnx.ModelProto) -> int:
    """Put one operator for each layer's attention into a quantised network; how many layers it has."""
    graph = Graph(model.graph)
    layers = sorted(name.removesuffix(".query.bias") for name in graph.constants if name.endswith(".query.bias"))
    spare: set[int] = set()
    fused: dict[int, onnx.NodeProto] = {}
    constants: dict[str, NDArray[np.generic]] = {}
    for layer in layers:
        found = {which: graph.projection(layer, which) for which in PROJECTIONS}
        attention = list(
            graph.after(found["query"]["transpose"], "MatMul", "Div", "Softmax", "MatMul", "Transpose", "Reshape")
        )
        packed = pack(graph, layer, found)
        constants |= packed
        spare |= {id(node) for nodes in found.values() for node in nodes.values()} | {id(node) for node in attention}
        quantised = graph.maker[found["query"]["product"].input[0]].output
        weight, scale, bias = packed
        fused[id(attention[-1])] = helper.make_node(
            "QAttention",
            [quantised[0], weight, bias, quantised[1], scale, "", quantised[2]],
            list(attention[-1].output),
            name=layer, domain=DOMAIN, num_heads=HEADS,
        )  # fmt: skip
    nodes = [fused.get(id(node), node) for node in graph.nodes if id(node) in fused or id(node) not in spare]
    rewrite(model, nodes, constants)
    return len(layers)


def pack(graph: Graph, layer: str, found: dict[str, Found]) -> dict[str, NDArray[np.generic]]:
    """Weight, scale and bias of a layer's three products side by side, by their new names."""
    weights = [found[which]["product"].input[1] for which in PROJECTIONS]
    scales = [found[which]["scales"].input[1] for which in PROJECTIONS]
    if any(graph.constants[found[which]["product"].input[3]].any() for which in PROJECTIONS):
        raise ValueError(f"{layer}: its weights are not quantised around zero")
    columns = {"weight_quantized": weights, "weight_scale": scales, "bias": [f"{layer}.{w}.bias" for w in PROJECTIONS]}
    return {
        f"{layer}.{PACKED}.{end}": np.concatenate([graph.constants[name] for name in names], axis=-1)
        for end, names in columns.items()
    }


def rewrite(model: onnx.ModelProto, nodes: list[onnx.NodeProto], constants: dict[str, NDArray[np.generic]]) -> None:
    """Give the model these nodes, and of its constants and the new ones those that they read."""
    read = {name for node in nodes for name in node.input}
    kept = [i for i in model.graph.initializer if i.name in read]
    kept += [numpy_helper.from_array(array, name) for name, array in constants.items()]
    del model.graph.node[:], model.graph.initializer[:], model.graph.value_info[:]
    model.graph.node.extend(nodes)
    model.graph.initializer.extend(kept)
    if all(one.domain != DOMAIN for one in model.opset_import):
        model.opset_import.append(helper.make_opsetid(DOMAIN, 1))
    onnx.checker.check_model(model)


def fuse_file(path: Path) -> None:
    """Fuse the network of a file in its place."""
    model = onnx.load(path)
    fuse(model)
    onnx.save(model, path)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path)
    fuse_file(parser.parse_args().model)


if __name__ == "__main__":
    main()
