"""linearAttention: the paper's equations written out in float64 with the whole matrix of weights,
torch's elu as feature map.
"""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402

o = Oracle("linearAttention")
qkv = lambda B, H, T, S, D: [o.normal(B, H, T, D), o.normal(B, H, S, D), o.normal(B, H, S, D)]


def linear(q, k, v, options=None):
    options = options or {}
    T, S = q.shape[2], k.shape[2]
    phi = lambda x: torch.where(x > 0, x + 1, x.clamp(max=0).exp())  # elu + 1 without its rounding
    assert torch.allclose(phi(q), torch.nn.functional.elu(q) + 1)
    weights = phi(q) @ phi(k).transpose(2, 3)
    if options.get("causal"):
        weights = weights.tril(S - T)
    return weights @ v / (weights.sum(-1, keepdim=True) + options.get("eps", 1e-6))


causal = {"causal": True}
o.case("values", "two heads", qkv(2, 2, 5, 7, 4), linear)
o.case("values", "causal", [*qkv(2, 2, 7, 7, 4), causal], linear)
o.case("values", "causal, 64 tokens", [*qkv(1, 1, 64, 64, 4), causal], linear)
o.case("values", "causal, 65 tokens", [*qkv(1, 2, 65, 65, 3), causal], linear)
o.case("values", "causal, 300 tokens", [*qkv(1, 1, 300, 300, 4), causal], linear)
o.case("values", "causal, the last 3 of 9", [*qkv(1, 2, 3, 9, 4), causal], linear)
o.case("values", "eps 0.5", [*qkv(1, 2, 4, 5, 4), {"eps": 0.5}], linear)
o.case("values", "eps 0.5, causal", [*qkv(1, 2, 5, 5, 4), {"eps": 0.5, "causal": True}], linear)
o.case(
    "values",
    "queries and keys far below zero",
    [
        o.normal(1, 1, 4, 4, mean=-6.0),
        o.normal(1, 1, 5, 4, mean=-4.0),
        o.normal(1, 1, 5, 4),
        {"eps": 1e-9},
    ],
    linear,
)
o.case("property", "the first token sees itself alone", [*qkv(1, 1, 1, 1, 4), causal], linear)
o.case(
    "property",
    "queries and keys of zero: the mean",
    [torch.zeros(1, 1, 3, 4), torch.zeros(1, 1, 4, 4), o.normal(1, 1, 4, 4)],
    linear,
)
o.case("shapes", "width one", qkv(2, 1, 3, 4, 1), linear)
o.case("shapes", "no queries", qkv(1, 2, 0, 3, 4), linear)
o.case("shapes", "no keys", qkv(1, 2, 3, 0, 4), linear)
o.case("shapes", "causal, no tokens", [*qkv(1, 2, 0, 0, 4), causal], linear)
o.case("gradient", "q, k, v", qkv(1, 2, 3, 5, 4), linear, wrt=["0", "1", "2"], terms=10)
o.case("gradient", "causal", [*qkv(1, 2, 6, 6, 3), causal], linear, wrt=["0", "1", "2"], terms=10)
o.case(
    "gradient",
    "causal, the last 70 of 75",
    [*qkv(1, 1, 70, 75, 2), causal],
    linear,
    wrt=["0", "1", "2"],
    terms=70,
)
o.error(
    "k has another width", [o.normal(1, 2, 3, 4), o.normal(1, 2, 3, 5), o.normal(1, 2, 3, 4)], "k"
)
o.error("more queries than keys", [*qkv(1, 1, 4, 3, 2), causal], "q")
o.error("eps below zero", [*qkv(1, 1, 3, 3, 2), {"eps": -1}], "eps")
o.case(
    "values",
    "eps 0, queries and keys far below zero",
    [
        o.normal(1, 1, 4, 4, mean=-8.0),
        o.normal(1, 1, 5, 4, mean=-6.0),
        o.normal(1, 1, 5, 4),
        {"eps": 0},
    ],
    linear,
)
o.case("values", "causal is false", [*qkv(1, 2, 5, 5, 4), {"causal": False}], linear)
o.save()
