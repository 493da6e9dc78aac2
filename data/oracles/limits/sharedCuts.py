"""sharedCuts: SciPy's Jaccard distance between two rows of yes and no, one for each place between
two units.
"""

import pathlib
import sys

import numpy as np
from scipy.spatial.distance import jaccard

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402


def shared(first, second, shift=0):
    rows = [
        np.repeat(np.arange(len(lengths)), lengths) for lengths in (first, second)
    ]  # for each unit the number of its token
    a, b = rows[0][shift:], rows[1]
    n = min(len(a), len(b))
    cuts = [np.diff(row[:n]) > 0 for row in (a, b)]
    if not (cuts[0].any() or cuts[1].any()):
        return 1
    return 1 - float(jaccard(*cuts))


o = Oracle("sharedCuts", packages=("numpy", "scipy", "torch", "safetensors"))
lengths = lambda n, most: o.rng.integers(1, most + 1, n).tolist()
o.case("values", "the same cuts", [[3, 2, 4], [3, 2, 4]], shared)
o.case("values", "one cut of three", [[2, 3, 4], [2, 4, 3]], shared)
o.case("values", "no cut in common", [[6, 6, 6], [6, 6, 5], 1], shared)
o.case("values", "six-mers shifted by six", [[6, 6, 6, 6], [6, 6, 6], 6], shared)
o.case("values", "random cuts", [lengths(40, 5), lengths(40, 5)], shared)
o.case("values", "random cuts, shifted", [lengths(50, 4), lengths(40, 4), 7], shared)
o.case("values", "the first ends earlier", [lengths(20, 4), lengths(40, 4), 3], shared)
o.case("values", "the shift falls on a cut", [[3, 3, 2, 5], [3, 2, 5], 3], shared)
o.case("values", "single letters against words", [[1] * 20, [4, 6, 10]], shared)
o.case("property", "every place is a cut for both", [[1] * 12, [1] * 10, 2], shared)
o.case("shapes", "neither cuts", [[9], [7], 2], shared)
o.case("shapes", "nothing read at all", [[], []], shared)
o.case("shapes", "only the first cuts", [[2, 3, 4], [9]], shared)
o.case(
    "shapes", "a shift behind the end", [[2, 3], [4, 4], 6], lambda *_: 1
)  # nothing that both have read
o.error("a token of length 0", [[3, 0, 2], [5]], "first")
o.error("half a unit", [[3, 2], [2.5, 2.5]], "second")
o.error("a negative shift", [[3], [3], -1], "shift")
o.case("values", "cuts beyond place 65,535", [[70000, 5, 70000], [70005, 9, 69000]], shared)
o.save()
