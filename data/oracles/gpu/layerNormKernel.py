"""layerNormKernel: torch.nn.functional.layer_norm in float64."""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402

o = Oracle("layerNormKernel")
args = lambda rows, columns, **x: [
    o.normal(rows, columns, **x),
    o.normal(columns),
    o.normal(columns),
]


def layer_norm(x, gamma, beta):
    return torch.nn.functional.layer_norm(x, x.shape[-1:], gamma, beta, 1e-5)


o.case("values", "two rows of 64", args(2, 64), layer_norm)
o.case("values", "rows of 333", args(3, 333, scale=3, mean=1), layer_norm)
# float32 keeps four digits of the centered values
o.case("property", "a thousand off zero", args(2, 100, mean=1000), layer_norm, widen=300)
o.case(
    "property", "equal numbers", [torch.full((2, 80), 7.0), o.normal(80), o.normal(80)], layer_norm
)
o.case("shapes", "one number", args(1, 1), layer_norm)
o.case("shapes", "rows of 65", args(2, 65), layer_norm)
o.case("shapes", "a row of 1024", args(1, 1024, scale=2), layer_norm)
o.save()
