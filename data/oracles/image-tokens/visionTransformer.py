"""visionTransformer: PyTorch's convolution, TransformerEncoderLayer and its attention weights, in
float64.
"""

import pathlib
import sys

import torch
from torch import nn

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402


def block(p, i, C, heads):
    made = nn.TransformerEncoderLayer(
        C, heads, len(p[f"{i}.b1"]), 0.0, "gelu", batch_first=True, norm_first=True
    ).double()
    join = lambda x: torch.cat([p[f"{i}.{x}{n}"].T if x == "w" else p[f"{i}.b{n}"] for n in "qkv"])
    made.load_state_dict(
        {
            "self_attn.in_proj_weight": join("w"),
            "self_attn.in_proj_bias": join("b"),
            "self_attn.out_proj.weight": p[f"{i}.wo"].T,
            "self_attn.out_proj.bias": p[f"{i}.bo"],
            "linear1.weight": p[f"{i}.w1"].T,
            "linear1.bias": p[f"{i}.b1"],
            "linear2.weight": p[f"{i}.w2"].T,
            "linear2.bias": p[f"{i}.b2"],
            **{
                f"norm{n}.{theirs}": p[f"{i}.norm{n}.{ours}"]
                for n in (1, 2)
                for theirs, ours in (("weight", "gamma"), ("bias", "beta"))
            },
        }
    )
    return made


def vit(images, options, p):
    B, _, _, channels = images.shape
    patch, C = options["patch"], len(p["b"])
    kernel = p["w"].reshape(patch, patch, channels, C).permute(3, 2, 0, 1)
    grid = nn.functional.conv2d(images.permute(0, 3, 1, 2), kernel, p["b"], stride=patch)
    x = torch.cat([p["cls"].expand(B, 1, C), grid.flatten(2).transpose(1, 2)], 1) + p["positions"]
    attention, i = [], 0
    while f"{i}.wq" in p:
        made = block(p, i, C, options["heads"])
        h = made.norm1(x)
        _, weights = made.self_attn(h, h, h, average_attn_weights=False)
        attention.append(weights[:, :, 0])
        x, i = made(x), i + 1
    first = nn.functional.layer_norm(x[:, 0], (C,), p["norm.gamma"], p["norm.beta"])
    return {"logits": first @ p["head.w"] + p["head.b"], "attention": attention}


o = Oracle("visionTransformer")


def params(length, C, patches, F, kinds, blocks):
    n = lambda *shape: o.normal(*shape, scale=shape[0] ** -0.5)
    p = {"w": n(length, C), "b": n(C), "cls": o.normal(C), "positions": o.normal(1 + patches, C)}
    for i in range(blocks):
        for name, rows, columns in (
            ("q", C, C),
            ("k", C, C),
            ("v", C, C),
            ("o", C, C),
            ("1", C, F),
            ("2", F, C),
        ):
            p[f"{i}.w{name}"], p[f"{i}.b{name}"] = n(rows, columns), o.normal(columns)
        for norm in ("norm1", "norm2"):
            p[f"{i}.{norm}.gamma"], p[f"{i}.{norm}.beta"] = o.normal(C, mean=1), o.normal(C)
    p["norm.gamma"], p["norm.beta"] = o.normal(C, mean=1), o.normal(C)
    return {**p, "head.w": n(C, kinds), "head.b": o.normal(kinds)}


case = lambda title, images, options, p: o.case(
    "values", title, [images, options, p], vit, terms=50
)
case(
    "two blocks of two heads",
    o.normal(2, 6, 6, 1),
    {"patch": 2, "heads": 2},
    params(4, 8, 9, 12, 3, 2),
)
case(
    "one block, one head, three channels",
    o.normal(1, 4, 8, 3),
    {"patch": 4, "heads": 1},
    params(48, 6, 2, 6, 4, 1),
)
o.save()
