"""geluTanh: torch.nn.functional.gelu(approximate="tanh") in float64."""

import pathlib
import sys

import torch
import torch.nn.functional as F

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402


def geluTanh(x):
    return F.gelu(x, approximate="tanh")


o = Oracle("geluTanh")
o.case("values", "numbers around zero", [o.normal(6, 8, scale=2)], geluTanh)
o.case("values", "small numbers", [o.normal(20, scale=0.01)], geluTanh)
# the largest term is x itself, although only its tail is left below zero
o.case("values", "the tail below zero", [torch.linspace(-8, -2, 25)], geluTanh, terms=8)
o.case(
    "values",
    "zero and large numbers",
    [torch.tensor([0.0, 1e4, -1e4, 1e20, -1e20, 3e38, -3e38])],
    geluTanh,
)
o.case("shapes", "a scalar", [torch.tensor(0.7)], geluTanh)
o.case("shapes", "rank four", [o.normal(2, 1, 3, 2)], geluTanh)
o.case("shapes", "nothing", [torch.zeros(0, 3)], geluTanh)
o.case("gradient", "numbers around zero", [o.normal(5, 6, scale=2)], geluTanh, wrt=["0"])
o.case(
    "gradient", "large numbers", [torch.tensor([30.0, -30.0, 100.0, -100.0])], geluTanh, wrt=["0"]
)
o.error("x holds whole numbers", [o.ids(2, 3, below=5)], "x")
o.save()
