"""vqLosses: the second and third term of eq. 3 of van den Oord et al. 2017, with detach for sg, in
float64.
"""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402


def losses(z, codes):
    return {
        "codebook": (z.detach() - codes).square().mean(),
        "commitment": (z - codes.detach()).square().mean(),
    }


def around(z0, codes0):
    """The same with sg as what it means, a constant, so that differences see it too."""
    z0, codes0 = z0.double(), codes0.double()
    return lambda z, codes: {
        "codebook": (z0 - codes).square().mean() + 0 * z.sum(),
        "commitment": (z - codes0).square().mean() + 0 * codes.sum(),
    }


o = Oracle("vqLosses")
o.case("values", "twelve vectors", [o.normal(12, 4), o.normal(12, 4)], losses)
o.case(
    "values",
    "a grid, far from the origin",
    [o.normal(2, 3, 3, 4, mean=50), o.normal(2, 3, 3, 4, mean=50)],
    losses,
)
same = o.normal(3, 4)
o.case("property", "vectors that are codes cost nothing", [same, same], losses)
o.case("shapes", "one number", [o.normal(), o.normal()], losses)
o.case("shapes", "one vector", [o.normal(5), o.normal(5)], losses)
pair = [o.normal(4, 3), o.normal(4, 3)]
o.case("gradient", "codes by the first, z by the second", pair, around(*pair), wrt=["0", "1"])
grid = [o.normal(2, 2, 3), o.normal(2, 2, 3)]
o.case("gradient", "a grid of vectors", grid, around(*grid), wrt=["0", "1"])
for name in ("codebook", "commitment"):
    pair = [o.normal(4, 3), o.normal(4, 3)]
    o.case("gradient", f"the {name} loss alone", pair, around(*pair), wrt=["0", "1"], output=name)
o.error("codes have another shape", [o.normal(4, 3), o.normal(4, 2)], "codes")
o.error("codes would broadcast", [o.normal(4, 3), o.normal(3)], "codes")
o.error("there is nothing", [torch.zeros(0, 3), torch.zeros(0, 3)], "z")
o.save()
