"""scaledDotProductAttention: torch.nn.functional.scaled_dot_product_attention in float64."""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402
from shared.attention_peers import attend  # noqa: E402

o = Oracle("scaledDotProductAttention")
qkv = lambda B, H, T, S, D: [o.normal(B, H, T, D), o.normal(B, H, S, D), o.normal(B, H, S, D)]
causal = torch.ones(5, 5).tril()
o.case("values", "two heads", qkv(2, 2, 5, 7, 8), attend)
o.case(
    "values",
    "large scores",
    [8 * o.normal(1, 2, 4, 16), 8 * o.normal(1, 2, 6, 16), o.normal(1, 2, 6, 16)],
    attend,
    widen=30,
)  # float32 rounds scores of a hundred
o.case("values", "scale 0.5", [*qkv(1, 3, 4, 4, 4), {"scale": 0.5}], attend)
o.case("values", "scale 0: the mean", [*qkv(1, 1, 3, 5, 4), {"scale": 0}], attend)
o.case("values", "causal mask", [*qkv(2, 2, 5, 5, 4), {"mask": causal}], attend)
o.case(
    "values",
    "bool mask for each row of the batch",
    [*qkv(3, 2, 4, 6, 4), {"mask": torch.arange(6) < torch.tensor([6, 3, 1])[:, None, None, None]}],
    attend,
)
o.case(
    "values",
    "int32 mask for each head",
    [*qkv(2, 3, 4, 5, 4), {"mask": (o.uniform(1, 3, 4, 5) < 0.6).int()}],
    attend,
)
o.case(
    "values",
    "bias for each head",
    [*qkv(2, 3, 4, 5, 4), {"bias": o.normal(3, 4, 5, scale=2)}],
    attend,
)
o.case(
    "values",
    "bias of one number for each key, and a mask",
    [*qkv(2, 2, 5, 5, 4), {"bias": o.normal(5, scale=3), "mask": causal}],
    attend,
)
o.case(
    "property",
    "nothing to attend to gives zeros",
    [*qkv(2, 1, 3, 4, 4), {"mask": torch.tensor([[1.0, 1, 0, 0], [0, 0, 0, 0], [0, 0, 0, 1]])}],
    attend,
)
o.case(
    "property",
    "no row may attend at all",
    [*qkv(1, 2, 3, 4, 4), {"mask": torch.zeros(1, 1)}],
    attend,
)
o.case(
    "property",
    "a masked key may be huge",
    [
        o.normal(1, 1, 2, 4),
        torch.cat([o.normal(1, 1, 3, 4), torch.full((1, 1, 1, 4), 1e15)], 2),
        o.normal(1, 1, 4, 4),
        {"mask": torch.tensor([1, 1, 1, 0]).int()},
    ],
    attend,
)
o.case("shapes", "one query, one key, one head, width one", qkv(1, 1, 1, 1, 1), attend)
o.case("shapes", "one query", qkv(2, 4, 1, 9, 4), attend)
o.case("shapes", "one key", qkv(2, 2, 5, 1, 4), attend)
o.case("shapes", "no queries", qkv(2, 2, 0, 3, 4), attend)
o.case(
    "shapes",
    "no keys",
    qkv(1, 2, 3, 0, 4),
    lambda q, k, v: {"output": torch.zeros(1, 2, 3, 4), "weights": torch.zeros(1, 2, 3, 0)},
)
o.case("gradient", "q, k, v", qkv(2, 2, 3, 5, 4), attend, wrt=["0", "1", "2"], terms=10)
o.case(
    "gradient",
    "through mask and bias",
    [*qkv(1, 2, 4, 4, 4), {"mask": torch.ones(4, 4).tril(), "bias": o.normal(1, 2, 1, 4)}],
    attend,
    wrt=["0", "1", "2", "3.bias"],
    terms=10,
)
o.case(
    "gradient",
    "rows without keys have gradient zero",
    [*qkv(1, 1, 3, 3, 4), {"mask": torch.tensor([[0.0, 0, 0], [1, 1, 0], [0, 0, 0]])}],
    attend,
    wrt=["0", "1", "2"],
    terms=10,
)
o.error(
    "k has another width", [o.normal(1, 2, 3, 4), o.normal(1, 2, 3, 5), o.normal(1, 2, 3, 4)], "k"
)
o.error(
    "v has another length", [o.normal(1, 2, 3, 4), o.normal(1, 2, 3, 4), o.normal(1, 2, 2, 4)], "v"
)
o.error("q has rank three", [o.normal(2, 3, 4), o.normal(1, 2, 3, 4), o.normal(1, 2, 3, 4)], "q")
o.error("mask does not broadcast", [*qkv(1, 2, 3, 4, 4), {"mask": torch.ones(4, 3)}], "mask")
o.error(
    "mask would enlarge the batch", [*qkv(1, 2, 3, 4, 4), {"mask": torch.ones(2, 1, 3, 4)}], "mask"
)
o.error("bias does not broadcast", [*qkv(1, 2, 3, 4, 4), {"bias": o.normal(3, 3, 4)}], "bias")
o.case(
    "values",
    "each row of the batch has its own bias and its own mask",
    [
        *qkv(3, 2, 4, 5, 4),
        {
            "bias": o.normal(3, 1, 4, 5, scale=2),
            "mask": ((o.uniform(3, 1, 4, 5) < 0.6) | (torch.arange(5) == 2)).int(),
        },
    ],
    attend,
)
o.case(
    "values",
    "a bias beside scale 0.3, which doesn't scale it",
    [*qkv(1, 2, 3, 4, 4), {"bias": o.normal(1, 2, 3, 4, scale=2), "scale": 0.3}],
    attend,
)
o.case(
    "values",
    "scale 0 leaves the bias alone",
    [*qkv(1, 1, 3, 5, 4), {"scale": 0, "bias": o.normal(3, 5)}],
    attend,
)
o.case(
    "values",
    "mask, bias and a negative scale together",
    [
        *qkv(2, 2, 3, 4, 4),
        {"mask": causal[1:4, :4], "bias": o.normal(2, 1, 3, 4, scale=2), "scale": -0.4},
    ],
    attend,
)
o.save()
