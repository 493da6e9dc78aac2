"""rmsNorm: torch.nn.functional.rms_norm in float64."""

import pathlib
import sys

import torch
import torch.nn.functional as F

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402


def rms_norm(x, gamma, eps=1e-6):
    return F.rms_norm(x, x.shape[-1:], gamma, eps)


o = Oracle("rmsNorm")
o.case("values", "a batch of tokens", [o.normal(2, 5, 16, scale=3, mean=1), o.normal(16)], rms_norm)
o.case("values", "eps 0.5", [o.normal(3, 8), o.normal(8), 0.5], rms_norm)
o.case("values", "eps 0", [o.normal(3, 8), o.normal(8), 0.0], rms_norm)
o.case("values", "far from zero", [o.normal(4, 32, mean=1000), o.normal(32)], rms_norm)
o.case(
    "values",
    "small features, where eps counts",
    [o.normal(4, 8, scale=1e-3), o.normal(8)],
    rms_norm,
)
o.case("values", "large features", [o.normal(2, 8, scale=1e15), o.normal(8)], rms_norm)
o.case("values", "features of zero", [torch.zeros(2, 6), o.normal(6)], rms_norm)
o.case("shapes", "one vector", [o.normal(9), o.normal(9)], rms_norm)
o.case("shapes", "one feature", [o.normal(3, 1), o.normal(1)], rms_norm)
o.case("shapes", "rank four", [o.normal(2, 3, 1, 4), o.normal(4)], rms_norm)
o.case("shapes", "no tokens", [torch.zeros(0, 4), o.normal(4)], rms_norm)
o.case(
    "gradient", "x and gamma", [o.normal(3, 10), o.normal(10)], rms_norm, wrt=["0", "1"], terms=10
)
o.case(
    "gradient", "rank three", [o.normal(2, 3, 4), o.normal(4)], rms_norm, wrt=["0", "1"], terms=10
)
o.error("gamma is too short", [o.normal(2, 4), o.normal(3)], "gamma")
o.error("gamma is a matrix", [o.normal(2, 4), o.normal(2, 4)], "gamma")
o.error("x is a scalar", [torch.tensor(1.0), o.normal(1)], "x")
o.error("x holds whole numbers", [o.ids(2, 4, below=5), o.normal(4)], "x")
o.case(
    "values",
    "eps 0, features of a thousandth",
    [o.normal(3, 8, scale=1e-3), o.normal(8), 0],
    rms_norm,
)
o.save()
