"""gelu: torch.nn.functional.gelu in float64."""

import pathlib
import sys

import torch
import torch.nn.functional as F

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402


def gelu(x):
    return F.gelu(x)


o = Oracle("gelu")
o.case("values", "numbers around zero", [o.normal(6, 8, scale=2)], gelu)
o.case("values", "small numbers", [o.normal(20, scale=0.01)], gelu)
# the largest term is x itself, although only its tail is left below zero
o.case("values", "the tail below zero", [torch.linspace(-8, -2, 25)], gelu, terms=8)
o.case(
    "values",
    "zero and large numbers",
    [torch.tensor([0.0, 1e4, -1e4, 1e20, -1e20, 3e38, -3e38])],
    gelu,
)
o.case("shapes", "a scalar", [torch.tensor(0.7)], gelu)
o.case("shapes", "rank four", [o.normal(2, 1, 3, 2)], gelu)
o.case("shapes", "nothing", [torch.zeros(0, 3)], gelu)
o.case("gradient", "numbers around zero", [o.normal(5, 6, scale=2)], gelu, wrt=["0"])
o.case("gradient", "large numbers", [torch.tensor([30.0, -30.0, 100.0, -100.0])], gelu, wrt=["0"])
o.error("x holds whole numbers", [o.ids(2, 3, below=5)], "x")
o.save()
