"""lshPairs: all pairs compared, band by band, with numpy."""

import pathlib
import sys

import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402


def pairs(signatures, bands, threshold=0):
    found = []
    for i, a in enumerate(signatures):
        for j in range(i + 1, len(signatures)):
            same = np.array(a) == np.array(signatures[j])
            if same.reshape(bands, -1).all(1).any() and same.mean() >= threshold:
                found.append([i, j])
    return found


o = Oracle("lshPairs", packages=("numpy", "torch", "safetensors"))
draw = lambda n, K, below: o.rng.integers(0, below, (n, K)).tolist()
o.case("values", "four bands of two", [draw(12, 8, 2), 4], pairs)
o.case("values", "two bands of four", [draw(20, 8, 2), 2], pairs)
o.case("values", "bands of one", [draw(9, 6, 6), 6], pairs)
o.case("values", "one band", [draw(30, 4, 2), 1], pairs)
many = draw(12, 8, 2)
for threshold in (0, 0.25, 0.5, 0.75, 1):
    o.case("values", f"threshold {threshold}", [many, 4, threshold], pairs)
o.case("values", "large numbers", [[[2**32, 2**32 - 1]] * 3 + [[2**32, 5]], 2], pairs)
o.case("values", "digits run together", [[[11, 1, 0, 0], [1, 11, 2, 2], [1, 11, 3, 3]], 2], pairs)
o.case("values", "bands change places", [[[1, 2, 3, 4], [3, 4, 1, 2]], 2], pairs)
o.case("values", "found in a late band first", [[[1, 9], [2, 8], [3, 9], [1, 7]], 2], pairs)
o.case(
    "values",
    "a later partner is found in an earlier band",
    [[[1, 5], [2, 5], [1, 6], [2, 6]], 2],
    pairs,
)
o.case("property", "all are the same", [[[7, 7, 7, 7]] * 6, 2], pairs)
o.case("shapes", "no texts", [[], 3], pairs)
o.case("shapes", "one text", [[[1, 2, 3]], 3], pairs)
o.error("bands don't divide", [draw(3, 8, 4), 3], "bands")
o.error("no bands", [draw(3, 8, 4), 0], "bands")
o.error("lengths differ", [[[1, 2], [1, 2, 3, 4]], 2], "signatures")
o.save()
