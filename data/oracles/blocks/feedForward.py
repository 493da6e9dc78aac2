"""feedForward: torch.nn.functional in float64; a case names its activation, and the test puts the
function in its place.
"""

import pathlib
import sys

import torch.nn.functional as F

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402


def feed_forward(x, params, activation):
    hidden = getattr(F, activation)(F.linear(x, params["w1"].T, params.get("b1")))
    return F.linear(hidden, params["w2"].T, params.get("b2"))


o = Oracle("feedForward")


def params(C, hidden):
    return {
        "w1": o.normal(C, hidden),
        "b1": o.normal(hidden),
        "w2": o.normal(hidden, C),
        "b2": o.normal(C),
    }


o.case("values", "gelu", [o.normal(2, 5, 8), params(8, 16), "gelu"], feed_forward, terms=50)
o.case(
    "values",
    "relu, no biases",
    [o.normal(3, 4), {"w1": o.normal(4, 6), "w2": o.normal(6, 4)}, "relu"],
    feed_forward,
    terms=50,
)
o.case("shapes", "one vector", [o.normal(6), params(6, 5), "gelu"], feed_forward, terms=50)
o.case(
    "shapes",
    "another width at the end, rank four",
    [o.normal(2, 1, 3, 4), {"w1": o.normal(4, 6), "w2": o.normal(6, 2)}, "relu"],
    feed_forward,
    terms=50,
)
o.case(
    "gradient",
    "x and all weights",
    [o.normal(2, 3, 4), params(4, 5), "gelu"],
    feed_forward,
    wrt=["0", "1.w1", "1.b1", "1.w2", "1.b2"],
    terms=50,
)
o.error("w1 has another width", [o.normal(2, 4), params(3, 5), "gelu"], "w")
o.save()
