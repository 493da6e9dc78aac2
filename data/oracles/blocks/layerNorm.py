"""layerNorm: torch.nn.functional.layer_norm in float64."""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402


def layer_norm(x, gamma, beta, eps=1e-5):
    return torch.nn.functional.layer_norm(x, x.shape[-1:], gamma, beta, eps)


o = Oracle("layerNorm")
o.case(
    "values",
    "a batch of tokens",
    [o.normal(2, 5, 16, scale=3, mean=1), o.normal(16), o.normal(16)],
    layer_norm,
)
o.case("values", "eps 0.5", [o.normal(3, 8), o.normal(8), o.normal(8), 0.5], layer_norm)
# a hundred off zero, float32 keeps five digits of the centred values
o.case(
    "values",
    "far from zero",
    [o.normal(4, 32, mean=100), o.normal(32), o.normal(32)],
    layer_norm,
    widen=30,
)
o.case(
    "values", "constant features", [torch.full((2, 6), 7.0), o.normal(6), o.normal(6)], layer_norm
)
o.case("shapes", "one vector", [o.normal(9), o.normal(9), o.normal(9)], layer_norm)
o.case(
    "shapes", "rank four, one token", [o.normal(2, 3, 1, 4), o.normal(4), o.normal(4)], layer_norm
)
o.case("shapes", "no tokens", [torch.zeros(0, 4), o.normal(4), o.normal(4)], layer_norm)
o.case(
    "gradient",
    "x, gamma, beta",
    [o.normal(3, 10), o.normal(10), o.normal(10)],
    layer_norm,
    wrt=["0", "1", "2"],
    terms=10,
)
o.error("gamma is too short", [o.normal(2, 4), o.normal(3), o.normal(4)], "gamma")
o.case("values", "eps 0", [o.normal(3, 8, scale=1e-3), o.normal(8), o.normal(8), 0], layer_norm)
o.save()
