"""applyRope: transformers' Llama (halves) and GPT-J (interleaved) with angles in float64."""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402
from shared.attention_peers import rope  # noqa: E402

o = Oracle("applyRope")


def turn(x, positions, options=None):
    return rope(x.reshape(1, -1, *x.shape[-2:]), positions, options).reshape(x.shape)


upto = lambda T: torch.arange(T, dtype=torch.int32)
for layout in ("interleaved", "halves"):
    o.case(
        "values",
        f"{layout}, eight tokens",
        [o.normal(2, 3, 8, 8), upto(8), {"layout": layout}],
        turn,
    )
    o.case(
        "values",
        f"{layout}, positions into the millions",
        [
            o.normal(1, 2, 6, 16),
            torch.tensor([0, 1, 4097, 99_999, 1_000_000, 3_141_592], dtype=torch.int32),
            {"layout": layout},
        ],
        turn,
    )
    o.case(
        "values",
        f"{layout}, base 500, scale 4",
        [o.normal(2, 5, 6), upto(5) + 10, {"layout": layout, "base": 500, "scale": 4}],
        turn,
    )
o.case("values", "interleaved by default", [o.normal(1, 4, 6), upto(4)], turn)
o.case(
    "values",
    "positions in any order, float32, negative and between",
    [o.normal(2, 4, 4), torch.tensor([7.0, -3.0, 0.5, 7.0])],
    turn,
)
o.case(
    "property",
    "position zero turns nothing",
    [o.normal(3, 4, 8), torch.zeros(4, dtype=torch.int32)],
    lambda x, *_: x,
)
o.case(
    "shapes",
    "one token of width two, no batch",
    [o.normal(1, 2), torch.tensor([3], dtype=torch.int32)],
    turn,
)
o.case("shapes", "rank five", [o.normal(1, 2, 1, 3, 4), upto(3), {"layout": "halves"}], turn)
o.case("shapes", "no tokens", [torch.zeros(2, 0, 4), upto(0)], lambda x, *_: x)
for layout in ("interleaved", "halves"):
    o.case(
        "gradient",
        f"x, {layout}",
        [o.normal(2, 3, 6), upto(3) + 2, {"layout": layout}],
        turn,
        wrt=["0"],
    )
o.error("an odd width", [o.normal(2, 3, 5), upto(3)], "even")
o.error("too few positions", [o.normal(2, 3, 4), upto(2)], "positions")
o.error("a layout that is none", [o.normal(2, 3, 4), upto(3), {"layout": "pairs"}], "layout")
o.error("scale 0", [o.normal(2, 3, 4), upto(3), {"scale": 0}], "scale")
o.error("a base below zero", [o.normal(2, 3, 4), upto(3), {"base": -1}], "base")
o.error("a single vector", [o.normal(4), upto(1)], "x")
o.case(
    "values",
    "base 50 and nothing else",
    [o.normal(2, 5, 6), torch.arange(5, dtype=torch.int32), {"base": 50.0}],
    turn,
)
o.case(
    "values",
    "scale 8 and nothing else",
    [o.normal(2, 5, 6), torch.arange(5, dtype=torch.int32), {"scale": 8.0}],
    turn,
)
o.case(
    "values",
    "scale 0.5 stretches the distances",
    [o.normal(2, 5, 6), torch.arange(5, dtype=torch.int32), {"scale": 0.5}],
    turn,
)
o.save()
