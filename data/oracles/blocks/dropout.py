"""dropout: torch.dropout draws its own numbers, so the definition (Srivastava et al. 2014) is
written out in float64.
"""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402


def dropout(x, rate, uniform):
    return torch.where(uniform >= rate, x / (1 - rate), 0.0)


o = Oracle("dropout")
o.case("values", "a third is dropped", [o.normal(6, 8), 1 / 3, o.uniform(6, 8)], dropout)
o.case("values", "nothing is dropped", [o.normal(4, 5), 0, o.uniform(4, 5)], dropout)
o.case("values", "nearly all is dropped", [o.normal(20, 10), 0.99, o.uniform(20, 10)], dropout)
o.case(
    "values",
    "a number that equals the rate is kept",
    [o.normal(4), 0.5, torch.tensor([0.5, 0.25, 0.75, 0.0])],
    dropout,
)
o.case(
    "values",
    "a dropped number is huge",
    [torch.tensor([3e38, 1.0]), 0.9, torch.tensor([0.5, 0.95])],
    dropout,
)
o.case("shapes", "a scalar", [torch.tensor(2.0), 0.25, torch.tensor(0.5)], dropout)
o.case("shapes", "rank four", [o.normal(2, 1, 3, 2), 0.5, o.uniform(2, 1, 3, 2)], dropout)
o.case("shapes", "nothing", [torch.zeros(0, 3), 0.5, torch.zeros(0, 3)], dropout)
o.case("gradient", "x", [o.normal(5, 6), 0.4, o.uniform(5, 6)], dropout, wrt=["0"])
o.error("rate is one", [o.normal(3), 1, o.uniform(3)], "rate")
o.error("rate is negative", [o.normal(3), -0.1, o.uniform(3)], "rate")
o.error("uniform has another shape", [o.normal(2, 3), 0.5, o.uniform(3)], "uniform")
o.error("x holds whole numbers", [o.ids(3, below=5), 0.5, o.uniform(3)], "x")
o.save()
