"""hyenaFilter: the paper's formula, window · FFN · positional encoding, written out for each tap
in float64.
"""

import math
import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402

o = Oracle("hyenaFilter")


def hyena_filter(length, p):
    bands = (p["w1"].shape[0] - 1) // 2
    taps = []
    for s in range(length):
        tau = s / length
        z = (
            [tau]
            + [math.cos(2 * math.pi * j * tau) for j in range(1, bands + 1)]
            + [-math.sin(2 * math.pi * j * tau) for j in range(1, bands + 1)]
        )
        hidden = torch.sin(p["w1"].T.mv(torch.tensor(z, dtype=torch.float64)) + p["b1"])
        hidden = torch.sin(p["w2"].T.mv(hidden) + p["b2"])
        taps.append(p["w3"].T.mv(hidden) * torch.exp(-p["decay"] * tau))
    return torch.stack(taps, 1)


def params(bands, F, C):
    return {
        "w1": o.normal(1 + 2 * bands, F),
        "b1": o.normal(F),
        "w2": o.normal(F, F, scale=F**-0.5),
        "b2": o.normal(F),
        "w3": o.normal(F, C, scale=F**-0.5),
        "decay": o.uniform(C, low=0.5, high=6.0),
    }


WRT = [f"1.{name}" for name in ("w1", "b1", "w2", "b2", "w3", "decay")]
o.case("values", "two bands", [7, params(2, 5, 3)], hyena_filter, terms=5)
o.case("values", "three bands, 50 taps", [50, params(3, 4, 2)], hyena_filter, terms=5)
o.case("values", "200 taps", [200, params(4, 6, 1)], hyena_filter, terms=5)
o.case("property", "twice the taps, the same curve", [14, params(2, 5, 3)], hyena_filter, terms=5)
o.case("shapes", "one tap", [1, params(2, 3, 4)], hyena_filter, terms=5)
o.case("shapes", "no bands", [6, params(0, 3, 2)], hyena_filter, terms=5)
o.case("gradient", "by all weights", [6, params(2, 4, 3)], hyena_filter, wrt=WRT, terms=20)
broken = params(2, 4, 3)
broken["w2"] = o.normal(4, 5)
o.error("w2 does not fit", [5, broken], "w2")
o.error("no taps", [0, params(1, 3, 2)], "length")
even = params(1, 3, 2)
even["w1"] = o.normal(4, 3)
o.error("an even number of rows in w1", [5, even], "w1")
o.save()
