"""onlineSoftmax: torch.softmax in float64; a row of -inf is zeros."""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402

o = Oracle("onlineSoftmax")
inf = float("inf")
softmax = lambda x, block: torch.softmax(x, -1).nan_to_num(0.0)
o.case("values", "the block divides the row", [o.normal(3, 12), 4], softmax)
o.case("values", "the last block is short", [o.normal(2, 3, 11, scale=3), 4], softmax)
o.case("values", "one score at a time", [o.normal(4, 7), 1], softmax)
o.case("values", "one block holds all", [o.normal(4, 7), 100], softmax)
o.case(
    "values",
    "large scores that rise from block to block",
    [torch.tensor([[-300.0, -200, 0, 10, 500, 1000, 1001, 999]]), 2],
    softmax,
)
o.case(
    "values",
    "large scores that fall",
    [torch.tensor([[1001.0, 1000, 5, 0, -500, -1000]]), 2],
    softmax,
)
o.case("values", "all scores are far below zero", [o.normal(2, 6, mean=-5000.0), 3], softmax)
o.case(
    "property",
    "a block of nothing but -inf stands first, between and last",
    [
        torch.tensor(
            [[-inf, -inf, 1, 2, 3, 4], [1, 2, -inf, -inf, 3, 4], [1, 2, 3, 4, -inf, -inf]]
        ),
        2,
    ],
    softmax,
)
o.case(
    "property",
    "a row of -inf gives zeros",
    [torch.tensor([[-inf] * 5, [0.0, 1, -inf, 2, 3]]), 2],
    softmax,
)
o.case("shapes", "a vector", [o.normal(5), 2], softmax)
o.case("shapes", "rows of one", [o.normal(3, 1), 2], softmax)
o.case("shapes", "no rows", [torch.zeros(0, 4), 2], softmax)
o.case("shapes", "rank four", [o.normal(2, 2, 3, 5), 3], softmax)
o.case("gradient", "x", [o.normal(3, 7), 3], softmax, wrt=["0"])
o.case(
    "gradient",
    "equal scores in several blocks",
    [torch.tensor([[2.0, 1, 2, 0, 2], [1, 1, 1, 1, 1]]), 2],
    softmax,
    wrt=["0"],
)
o.error("no block", [o.normal(2, 4), 0], "block")
o.error("half a block", [o.normal(2, 4), 1.5], "block")
o.error("a scalar", [torch.tensor(1.0), 2], "x")
o.error("x is int32", [torch.tensor([1, 2]).int(), 2], "x")
o.save()
