"""softmax: torch.softmax in float64; a row of minus infinity, NaN there, is 0 here."""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402


def softmax(x):
    never = torch.isneginf(x).all(-1, keepdim=True)
    return torch.where(
        never, 0.0, torch.softmax(torch.where(never, 0.0, x), -1)
    )  # the inner one keeps NaN out of the gradient


inf = float("inf")
o = Oracle("softmax")
o.case("values", "a matrix of scores", [o.normal(5, 7, scale=3)], softmax)
o.case("values", "scores of a thousand", [o.normal(4, 9, scale=1000)], softmax)
o.case(
    "values",
    "scores at the ends of float32",
    [torch.tensor([[3e38, -3e38, 2e38], [-3e38, -3e38, -3e38]])],
    softmax,
)
o.case("values", "equal scores", [torch.full((3, 6), -700.0)], softmax)
o.case(
    "values",
    "some scores are minus infinity",
    [torch.tensor([[0.5, -inf, 1.5], [-inf, -inf, -4.0]])],
    softmax,
)
o.case(
    "values",
    "a row is minus infinity throughout",
    [torch.tensor([[-inf] * 4, [1.0, 2.0, -inf, 0.0]])],
    softmax,
)
o.case("shapes", "one vector", [o.normal(8)], softmax)
o.case("shapes", "rank four", [o.normal(2, 3, 1, 5)], softmax)
o.case("shapes", "one score a row", [o.normal(4, 1)], softmax)
o.case("shapes", "no rows", [torch.zeros(0, 3)], softmax)
o.case("shapes", "no scores", [torch.zeros(2, 0)], lambda x: x)
o.case("gradient", "a matrix of scores", [o.normal(4, 6, scale=2)], softmax, wrt=["0"])
o.case("gradient", "rank three", [o.normal(2, 3, 5)], softmax, wrt=["0"])
o.case("gradient", "equal scores", [torch.ones(3, 4)], softmax, wrt=["0"])
o.case(
    "gradient",
    "a row is minus infinity throughout",
    [torch.tensor([[-inf] * 3, [1.0, -inf, 0.5]])],
    softmax,
    wrt=["0"],
)
o.error("x is a scalar", [torch.tensor(1.0)], "x")
o.error("x holds whole numbers", [o.ids(2, 3, below=9)], "x")
o.case(
    "gradient",
    "scores of a thousand",
    [torch.tensor([[1000.0, 999, 998, -1000], [-1000, -1001, -999, -1002]])],
    softmax,
    wrt=["0"],
)
o.save()
