"""ONNX graphs of the works for onnxruntime-web and transformers.js: the GPT of ../training/gpt.mjs,
named as an export of GPT-2 is, and attention. They use ONNX Runtime's fused attention and ONNX's
own norm and GELU, and one product for q, k and v. Weights are those in <size>.json.
"""

import json
import math
import sys
from pathlib import Path

import numpy as np
from onnx import TensorProto, checker, helper, numpy_helper, save

FLOAT, INT64 = TensorProto.FLOAT, TensorProto.INT64
OPSETS = [helper.make_opsetid("", 20), helper.make_opsetid("com.microsoft", 1)]
D = 64


class Graph:
    """Nodes and weights in the order of their use."""

    def __init__(self):
        self.nodes, self.weights = [], []

    def add(self, op, *inputs, outputs=1, **attributes):
        """@returns the names of the node's outputs, one name where it has one"""
        names = [f"{op}{len(self.nodes)}_{i}" for i in range(outputs)]
        self.nodes.append(helper.make_node(op, inputs, names, **attributes))
        return names if outputs > 1 else names[0]

    def weight(self, name, values):
        self.weights.append(numpy_helper.from_array(values, name))
        return name

    def rename(self, name, output):
        self.nodes.append(helper.make_node("Identity", [name], [output]))

    def save(self, file, inputs, outputs):
        infos = [
            [helper.make_tensor_value_info(*info) for info in ends] for ends in (inputs, outputs)
        ]
        graph = helper.make_graph(self.nodes, file.stem, *infos, self.weights)
        model = helper.make_model(graph, opset_imports=OPSETS, ir_version=10)
        checker.check_model(model)
        file.parent.mkdir(parents=True, exist_ok=True)
        save(model, file)


def parameters(given):
    """The parameters by their names."""
    drawn, at, named = np.array(given["numbers"][0], np.float32), 0, {}
    for name, shape in given["shapes"].items():
        count = math.prod(shape)
        named[name] = drawn[at : at + count].reshape(shape)
        at += count
    return named


def gpt(given, file):
    """ids and positions [1, S], keys and values [1, H, P, C/H] → logits [1, S, V], longer caches"""
    size, p, g = given["size"], parameters(given), Graph()
    L, C, H, V = (size[letter] for letter in "LCHV")
    weight = lambda name: g.weight(name, p[name])
    norm = lambda x, at: g.add(
        "LayerNormalization", x, weight(f"{at}.gamma"), weight(f"{at}.beta"), epsilon=1e-5
    )
    linear = lambda x, w, b: g.add("Add", g.add("MatMul", x, w), b)
    layer = lambda x, at: linear(x, weight(f"{at}.w"), weight(f"{at}.b"))

    x = g.add(
        "Add",
        g.add("Gather", weight("tokens"), "input_ids"),
        g.add("Gather", weight("positions"), "position_ids"),
    )
    caches = []
    for i in range(L):
        at = f"block{i}"
        w, b = (np.concatenate([p[f"{at}.{m}.{end}"] for m in "qkv"], -1) for end in "wb")
        qkv = linear(norm(x, f"{at}.norm1"), g.weight(f"{at}.qkv.w", w), g.weight(f"{at}.qkv.b", b))
        q, k, v = g.add("Split", qkv, outputs=3, axis=-1, num_outputs=3)
        past = [f"past_key_values.{i}.{end}" for end in ("key", "value")]
        y, *present = g.add(
            "MultiHeadAttention", q, k, v, "", "", "", *past,
            outputs=3, domain="com.microsoft", num_heads=H, unidirectional=1,
        )  # fmt: skip
        for name, end in zip(present, ("key", "value")):
            g.rename(name, f"present.{i}.{end}")
            caches.append(f"{i}.{end}")
        x = g.add("Add", x, layer(y, f"{at}.o"))
        up = g.add("Gelu", layer(norm(x, f"{at}.norm2"), f"{at}.up"), approximate="tanh")
        x = g.add("Add", x, layer(up, f"{at}.down"))
    head = g.weight("head", np.ascontiguousarray(p["tokens"].T))
    g.rename(g.add("MatMul", norm(x, "norm"), head), "logits")

    cache = lambda name, length: (name, FLOAT, [1, H, length, C // H])
    ids = [(name, INT64, [1, "S"]) for name in ("input_ids", "position_ids")]
    g.save(
        file,
        ids + [cache(f"past_key_values.{name}", "P") for name in caches],
        [("logits", FLOAT, [1, "S", V])] + [cache(f"present.{name}", "P+S") for name in caches],
    )


def configuration(size):
    """What transformers.js reads beside the graph."""
    return {
        "model_type": "gpt2",
        "architectures": ["GPT2LMHeadModel"],
        "n_layer": size["L"],
        "n_head": size["H"],
        "n_embd": size["C"],
        "n_positions": size["T"],
        "vocab_size": size["V"],
    }


def naive(file):
    """q, k, v [1, 1, T, D] → [1, 1, T, D]"""
    g = Graph()
    scores = g.add("MatMul", "q", g.add("Transpose", "k", perm=[0, 1, 3, 2]))
    scaled = g.add("Mul", scores, g.weight("scale", np.array(1 / math.sqrt(D), np.float32)))
    g.rename(g.add("MatMul", g.add("Softmax", scaled, axis=-1), "v"), "y")
    g.save(file, *([(name, FLOAT, [1, 1, "T", D]) for name in names] for names in ("qkv", "y")))


def flash(file):
    """q, k, v [1, T, D] → [1, T, D]"""
    g = Graph()
    g.rename(g.add("MultiHeadAttention", *"qkv", domain="com.microsoft", num_heads=1), "y")
    g.save(file, *([(name, FLOAT, [1, "T", D]) for name in names] for names in ("qkv", "y")))


page = Path(sys.argv[1])
for name in ("small", "large"):
    given = json.loads((page / f"{name}.json").read_text())
    gpt(given, page / name / "onnx" / "model.onnx")
    (page / name / "config.json").write_text(json.dumps(configuration(given["size"])))
naive(page / "naive.onnx")
flash(page / "flash.onnx")
