"""linear: torch.nn.functional.linear in float64, whose weight is the transpose of ours."""

import pathlib
import sys

import torch
import torch.nn.functional as F

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402


def linear(x, w, b=None):
    return F.linear(x, w.T, b)


o = Oracle("linear")
o.case("values", "a batch of tokens", [o.normal(2, 5, 8), o.normal(8, 6), o.normal(6)], linear)
o.case("values", "no bias", [o.normal(3, 4), o.normal(4, 7)], linear)
o.case("values", "wide", [o.normal(2, 300), o.normal(300, 5), o.normal(5)], linear, terms=200)
o.case(
    "values",
    "large numbers",
    [o.normal(3, 4, scale=1e6), o.normal(4, 3, scale=1e4), o.normal(3)],
    linear,
)
o.case("shapes", "one vector", [o.normal(5), o.normal(5, 3), o.normal(3)], linear)
o.case("shapes", "rank four", [o.normal(2, 1, 3, 4), o.normal(4, 2), o.normal(2)], linear)
o.case("shapes", "to one feature", [o.normal(2, 3, 4), o.normal(4, 1), o.normal(1)], linear)
o.case("shapes", "from one feature", [o.normal(2, 3, 1), o.normal(1, 4)], linear)
o.case("shapes", "no tokens", [torch.zeros(2, 0, 4), o.normal(4, 3), o.normal(3)], linear)
o.case("shapes", "no features", [torch.zeros(2, 3, 0), torch.zeros(0, 2), o.normal(2)], linear)
o.case(
    "gradient",
    "x, w, b of a batch",
    [o.normal(2, 3, 4), o.normal(4, 5), o.normal(5)],
    linear,
    wrt=["0", "1", "2"],
    terms=10,
)
o.case(
    "gradient",
    "no bias, rank four",
    [o.normal(2, 2, 3, 4), o.normal(4, 3)],
    linear,
    wrt=["0", "1"],
    terms=10,
)
o.error("w has another width", [o.normal(2, 4), o.normal(3, 4)], "w")
o.error("w is a vector", [o.normal(2, 4), o.normal(4)], "w")
o.error("b has another width", [o.normal(2, 4), o.normal(4, 3), o.normal(4)], "b")
o.error("x is a scalar", [torch.tensor(1.0), o.normal(1, 2)], "x")
o.error("x holds whole numbers", [o.ids(2, 4, below=3), o.normal(4, 3)], "x")
o.save()
