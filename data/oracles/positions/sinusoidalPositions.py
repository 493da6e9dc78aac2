"""sinusoidalPositions: the paper's formula written out in float64, columns filled as in the
annotated Transformer.
"""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402

o = Oracle("sinusoidalPositions")


def sinusoids(length, width, base=10000):
    rates = torch.exp(
        torch.arange(0, width, 2, dtype=torch.float64)
        * -(torch.log(torch.tensor(base, dtype=torch.float64)) / width)
    )
    angles = torch.arange(length, dtype=torch.float64)[:, None] * rates
    table = torch.zeros(length, width, dtype=torch.float64)
    table[:, 0::2], table[:, 1::2] = angles.sin(), angles.cos()
    return table


for T, C in ((5, 8), (17, 6), (64, 32), (2000, 4)):
    o.case("values", f"{T} places, width {C}", [T, C], sinusoids)
o.case("values", "base 100", [9, 8, 100], sinusoids)
o.case("values", "base 0.5: waves that grow faster", [6, 4, 0.5], sinusoids)
o.case(
    "property", "place zero is 0, 1, 0, 1", [1, 6], lambda *_: torch.tensor([[0.0, 1, 0, 1, 0, 1]])
)
o.case("shapes", "width two", [4, 2], sinusoids)
o.case("shapes", "no places", [0, 4], sinusoids)
o.error("an odd width", [4, 5], "even")
o.error("width zero", [4, 0], "width")
o.error("half a place", [1.5, 4], "length")
o.error("base zero", [3, 4, 0], "base")
o.save()
