"""randomMove: each atom by Hamilton's product q·v·q⁻¹ of quaternions in float64, with no matrix."""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402

from hamilton import move  # noqa: E402

o = Oracle("randomMove")


def noise(B, scale=1.0):
    return {"quaternions": o.normal(B, 4), "shifts": o.normal(B, 3, scale=scale)}


def by(*q):
    return {"quaternions": torch.tensor([q], dtype=torch.float32), "shifts": torch.zeros(1, 3)}


atoms = o.normal(1, 6, 3, scale=4)
o.case("values", "four chains", [o.normal(4, 7, 3, scale=5), noise(4)], move)
o.case("values", "far away", [o.normal(2, 5, 3, scale=5, mean=40), noise(2, 10.0)], move)
long = {"quaternions": 20 * o.normal(2, 4), "shifts": o.normal(2, 3)}
o.case("values", "long quaternions", [o.normal(2, 5, 3), long], move)
o.case("property", "no turn", [atoms, by(2, 0, 0, 0)], move)
for axis, q in zip("xyz", ((1, 1, 0, 0), (1, 0, 1, 0), (1, 0, 0, 1))):
    o.case("property", f"a quarter turn around {axis}", [atoms, by(*q)], move)
for axis, q in zip("xyz", ((0, 1, 0, 0), (0, 0, 1, 0), (0, 0, 0, 1))):
    o.case("property", f"a half turn around {axis}", [atoms, by(*q)], move)
o.case("property", "a third of a turn", [atoms, by(-1, -1, -1, -1)], move)
o.case("shapes", "one atom", [o.normal(3, 1, 3), noise(3)], move)
o.case("shapes", "three chains of three atoms", [o.normal(3, 3, 3), noise(3)], move)
o.case("gradient", "x", [o.normal(2, 4, 3), noise(2)], move, wrt=["0"])
o.error("flat atoms", [o.normal(2, 4, 2), noise(2)], "x")
o.error(
    "quaternions of three",
    [o.normal(2, 4, 3), noise(2) | {"quaternions": o.normal(2, 3)}],
    "quaternions",
)
o.error(
    "one quaternion for two",
    [o.normal(2, 4, 3), noise(2) | {"quaternions": o.normal(1, 4)}],
    "quaternions",
)
o.error(
    "shifts for each atom", [o.normal(2, 4, 3), noise(2) | {"shifts": o.normal(2, 4, 3)}], "shifts"
)
o.save()
