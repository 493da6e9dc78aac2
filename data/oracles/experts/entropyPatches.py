"""entropyPatches: section 2.3 of Pagnoni et al. 2024 (arXiv:2412.09871), patch by patch: each one
grows until a rule ends it.
"""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402

o = Oracle("entropyPatches")


def patches(entropies, options):
    h, starts, t = [float(x) for x in entropies], [], 0
    while t < len(h):
        starts.append(t)
        end = t + 1
        while end < len(h):
            if "threshold" in options and h[end] > options["threshold"]:
                break
            if "jump" in options and h[end] - h[end - 1] > options["jump"]:
                break
            if "longest" in options and end - t == options["longest"]:
                break
            end += 1
        t = end
    return starts


h = [3.5, 0.25, 0.5, 2.75, 1.5, 1.75, 0.125, 3.0, 2.5, 0.5, 0.5, 1.0]
o.case("values", "a threshold", [h, {"threshold": 1.5}], patches)
o.case("values", "a jump", [h, {"jump": 0.25}], patches)
o.case("values", "a threshold and a jump", [h, {"threshold": 2.6, "jump": 1}], patches)
o.case("values", "patches of three", [h, {"longest": 3}], patches)
o.case("values", "a threshold, and no patch over two", [h, {"threshold": 2, "longest": 2}], patches)
o.case("values", "a jump, and no patch over four", [h, {"jump": 2, "longest": 4}], patches)
o.case("values", "all three rules", [h, {"threshold": 2.6, "jump": 0.4, "longest": 3}], patches)
o.case("values", "a threshold of 0", [[0.0, 0.0, 0.5, 0.0, 0.25], {"threshold": 0}], patches)
o.case("values", "a jump of 0", [[1.0, 1.0, 1.5, 1.5, 0.5], {"jump": 0}], patches)
o.case("values", "a jump below 0", [[2.0, 1.75, 1.0, 1.0], {"jump": -0.5}], patches)
o.case("values", "a threshold below 0", [[0.0, 1.0, 0.0], {"threshold": -1}], patches)
o.case("values", "each byte is a patch", [h, {"longest": 1}], patches)
o.case("values", "no rule: one patch", [h, {}], patches)
o.case("property", "none is over the threshold", [h, {"threshold": 9}], patches)
o.case("shapes", "no bytes", [[], {"threshold": 1}], patches)
o.case("shapes", "one sure byte", [[0.0], {"threshold": 1}], patches)
o.error("longest is 0", [h, {"longest": 0}], "longest")
o.error("longest is a half", [h, {"longest": 2.5}], "longest")
o.save()
