"""pairwiseDistances: torch.cdist without its matrix product, squared, in float64."""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402


def distances(a, b):
    return torch.cdist(a, b, compute_mode="donot_use_mm_for_euclid_dist").square()


def differences(
    a, b
):  # the root inside cdist has no gradient at zero, and a gradient must not depend on it
    return (a[:, None] - b[None]).square().sum(-1)


o = Oracle("pairwiseDistances")
o.case("values", "two sets of points", [o.normal(6, 4), o.normal(5, 4, mean=1)], distances)
o.case("values", "wide points", [o.normal(3, 64, scale=5), o.normal(4, 64, scale=5)], distances)
cloud = o.normal(5, 3)
o.case("values", "the same set twice", [cloud, cloud], distances)
far = o.normal(4, 3, scale=0.1, mean=1000)
o.case("values", "close together, a thousand from the origin", [far, far], distances)
o.case(
    "values",
    "far from the origin",
    [o.normal(3, 2, mean=1e6, scale=100), o.normal(4, 2, mean=1e6, scale=100)],
    distances,
)
o.case("shapes", "one point each", [o.normal(1, 3), o.normal(1, 3)], distances)
o.case("shapes", "numbers on a line", [o.normal(4, 1), o.normal(2, 1)], distances)
o.case("shapes", "no point in a", [torch.zeros(0, 3), o.normal(2, 3)], distances)
o.case("shapes", "no point in b", [o.normal(2, 3), torch.zeros(0, 3)], distances)
o.case("shapes", "points without coordinates", [torch.zeros(2, 0), torch.zeros(3, 0)], differences)
o.case("gradient", "both sets", [o.normal(4, 3), o.normal(5, 3)], differences, wrt=["0", "1"])
o.case("gradient", "equal points", [cloud, cloud], differences, wrt=["0", "1"])
o.error("widths differ", [o.normal(2, 3), o.normal(2, 4)], "b")
o.error("a is a vector", [o.normal(3), o.normal(2, 3)], "a")
o.error("b has rank three", [o.normal(2, 3), o.normal(1, 2, 3)], "b")
o.error("a holds whole numbers", [o.ids(2, 3, below=5), o.normal(2, 3)], "a")
o.case(
    "gradient",
    "a thousand from the origin",
    [o.normal(3, 3, mean=1000), o.normal(4, 3, mean=1000)],
    distances,
    wrt=["0", "1"],
    terms=10,
)
o.save()
