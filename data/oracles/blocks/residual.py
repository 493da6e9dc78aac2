"""residual: x plus a layer of torch in float64; a case names the layer, and the test puts the
function in its place.
"""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402


def residual(x, layer):
    return x + getattr(torch, layer)(x)


o = Oracle("residual")
o.case("values", "tanh", [o.normal(2, 5, 8), "tanh"], residual)
o.case("shapes", "a scalar", [o.normal(), "sin"], residual)
o.case("shapes", "nothing", [o.normal(0, 3), "tanh"], residual)
o.case("gradient", "x", [o.normal(3, 4), "tanh"], residual, wrt=["0"])
o.save()
