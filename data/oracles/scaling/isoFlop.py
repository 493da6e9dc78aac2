"""isoFlop: numpy's polyfit over the logarithm, and the formula of a parabola's lowest point."""

import pathlib
import sys

import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402


def lowest(sizes, losses):
    a, b, c = np.polyfit(np.log(sizes), losses, 2)
    size = float(np.exp(-b / (2 * a)))
    return {
        "size": size,
        "loss": float(c - b * b / (4 * a)),
        "isInside": min(sizes) <= size <= max(sizes),
    }


o = Oracle("isoFlop", packages=("numpy", "torch", "safetensors"))


def drawn(sizes, best, bend, noise=0.0):
    u = np.log(np.array(sizes) / best)
    return (1.8 + bend * u * u + noise * o.rng.standard_normal(len(sizes))).tolist()


ours = [2488, 4884, 8080, 16824, 28384, 61344, 106624, 233184]
o.case("values", "an exact parabola", [ours, drawn(ours, 20000, 0.1)], lowest)
o.case("values", "noise", [ours, drawn(ours, 30000, 0.1, 0.01)], lowest)
o.case("values", "a flat valley", [ours, drawn(ours, 30000, 0.01, 0.001)], lowest)
mixed = [61344, 2488, 106624, 8080]
o.case("values", "sizes in any order", [mixed, drawn(mixed, 9000, 0.05, 0.01)], lowest)
thrice = [8080, 16824, 28384] * 3
o.case("values", "three seeds of three sizes", [thrice, drawn(thrice, 15000, 0.2, 0.01)], lowest)
huge = [7e7, 1.6e8, 4e8, 1e9, 2.8e9, 1.6e10]
o.case("values", "Chinchilla's sizes", [huge, drawn(huge, 6e8, 0.06, 0.01)], lowest)
o.case("values", "beyond the largest", [ours[:5], drawn(ours[:5], 90000, 0.1)], lowest)
o.case("values", "below the smallest", [ours[3:], drawn(ours[3:], 4000, 0.1)], lowest)
o.case("values", "losses below 0", [ours, [x - 5 for x in drawn(ours, 30000, 0.1, 0.01)]], lowest)
o.case("shapes", "three sizes", [[1000, 2000, 8000], [2.1, 2.0, 2.2]], lowest)
o.error("the parabola opens downward", [ours, [-x for x in drawn(ours, 2e4, 0.1)]], "losses")
o.error("a size is 0", [[0, 1, 2], [2, 1, 2]], "sizes")
o.error("two sizes", [[10, 20], [2, 1]], "sizes")
o.error("too many losses", [[10, 20, 30], [2, 1, 2, 3]], "losses")
o.save()
