"""trackerForward: torch.nn.TransformerEncoder, pre-norm, with ALiBi (transformers' Bloom) and the
causal mask added to its scores.
"""

import pathlib
import sys

import torch
from torch import nn
from transformers.models.bloom.modeling_bloom import build_alibi_tensor

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402


def params(o, V, C, F, states, layers):
    p = {
        "tokens": o.normal(V, C),
        "head": o.normal(C, states),
        "norm.gamma": o.normal(C, mean=1, scale=0.2),
        "norm.beta": o.normal(C, scale=0.2),
    }
    for i in range(layers):
        for name in ("norm1", "norm2"):
            p[f"{i}.{name}.gamma"], p[f"{i}.{name}.beta"] = (
                o.normal(C, mean=1, scale=0.2),
                o.normal(C, scale=0.2),
            )
        for name, dIn, dOut in (
            ("q", C, C),
            ("k", C, C),
            ("v", C, C),
            ("o", C, C),
            ("1", C, F),
            ("2", F, C),
        ):
            p[f"{i}.w{name}"], p[f"{i}.b{name}"] = (
                o.normal(dIn, dOut, scale=dIn**-0.5),
                o.normal(dOut, scale=0.2),
            )
    return p


def forward(ids, p, heads=4):
    (B, T), C, F = ids.shape, p["tokens"].shape[1], p["0.w1"].shape[1]
    layers = sum(name.endswith(".wq") for name in p)
    layer = nn.TransformerEncoderLayer(
        C,
        heads,
        F,
        dropout=0,
        activation="gelu",
        batch_first=True,
        norm_first=True,
        dtype=torch.float64,
    )
    model = nn.TransformerEncoder(
        layer, layers, norm=nn.LayerNorm(C, dtype=torch.float64), enable_nested_tensor=False
    )
    state = {"norm.weight": p["norm.gamma"], "norm.bias": p["norm.beta"]}
    for i in range(layers):
        of = lambda name: p[f"{i}.{name}"]
        at = f"layers.{i}."
        state |= {
            at + "self_attn.in_proj_weight": torch.cat([of(f"w{n}").T for n in "qkv"]),
            at + "self_attn.in_proj_bias": torch.cat([of(f"b{n}") for n in "qkv"]),
            at + "self_attn.out_proj.weight": of("wo").T,
            at + "self_attn.out_proj.bias": of("bo"),
            at + "linear1.weight": of("w1").T,
            at + "linear1.bias": of("b1"),
            at + "linear2.weight": of("w2").T,
            at + "linear2.bias": of("b2"),
        }
        for n in "12":
            state |= {
                at + f"norm{n}.weight": of(f"norm{n}.gamma"),
                at + f"norm{n}.bias": of(f"norm{n}.beta"),
            }
    model.load_state_dict(state)
    # Bloom's bias is slope · key, which differs from −slope · distance by a constant in each row;
    # the softmax does not see it
    alibi = build_alibi_tensor(torch.ones(B, T), heads, torch.float64)  # [B·H, 1, T]
    mask = alibi + torch.full((T, T), -torch.inf, dtype=torch.float64).triu(1)
    return model.train()(p["tokens"][ids.long()], mask=mask) @ p["head"]


o = Oracle("trackerForward")
o.case(
    "values", "two layers", [o.ids(2, 9, below=5), params(o, 5, 16, 24, 3, 2)], forward, terms=10
)
o.case(
    "values",
    "three layers, two heads",
    [o.ids(1, 12, below=4), params(o, 4, 8, 16, 2, 3), 2],
    forward,
    terms=10,
)
o.case("shapes", "one token", [o.ids(3, 1, below=5), params(o, 5, 8, 8, 3, 1)], forward, terms=10)
o.save()
