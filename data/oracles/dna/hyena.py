"""hyena: the paper's operator of order 2 in float64, the convolutions written out as sums; no
library has the operator alone.
"""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402

o = Oracle("hyena")


def hyena(u, p):
    B, T, C = u.shape
    z = u @ p["w"] + (p["b"] if "b" in p else 0)
    z = torch.stack(
        [
            sum(z[:, t - (2 - j)] * p["short"][:, j] for j in range(3) if t - (2 - j) >= 0)
            for t in range(T)
        ],
        1,
    )
    if "shortBias" in p:
        z = z + p["shortBias"]
    x0, x1, v = z[..., :C], z[..., C : 2 * C], z[..., 2 * C :]
    g = x1 * v
    long = torch.stack(
        [sum(p["filter"][:, s] * g[:, t - s] for s in range(t + 1)) for t in range(T)], 1
    )
    y = x0 * (long + p["skip"] * g)
    return y @ p["wOut"] + (p["bOut"] if "bOut" in p else 0)


def params(C, T, biases=True):
    p = {
        "w": o.normal(C, 3 * C, scale=C**-0.5),
        "short": o.normal(3 * C, 3, scale=0.6),
        "filter": o.normal(C, T, scale=T**-0.5),
        "skip": o.normal(C),
        "wOut": o.normal(C, C, scale=C**-0.5),
    }
    return p | (
        {
            "b": o.normal(3 * C, scale=0.3),
            "shortBias": o.normal(3 * C, scale=0.3),
            "bOut": o.normal(C, scale=0.3),
        }
        if biases
        else {}
    )


wrt = lambda p: ["0", *(f"1.{name}" for name in p)]
o.case("values", "eight tokens", [o.normal(2, 8, 4), params(4, 8)], hyena, terms=10)
o.case("values", "no biases", [o.normal(2, 7, 3), params(3, 7, False)], hyena, terms=10)
o.case("values", "45 tokens", [o.normal(1, 45, 3), params(3, 45)], hyena, terms=20)
silent = params(3, 6, False)
silent["filter"] = torch.zeros(3, 6)
o.case(
    "property", "a filter of zeros leaves the skip", [o.normal(1, 6, 3), silent], hyena, terms=10
)
delayed = params(2, 6, False)
delayed["filter"] = torch.tensor([[0.0, 0, 1, 0, 0, 0], [0, 0, 0, 1, 0, 0]])
o.case("property", "a filter that delays", [o.normal(1, 6, 2), delayed], hyena, terms=10)
o.case("shapes", "one token", [o.normal(2, 1, 3), params(3, 1)], hyena, terms=10)
o.case("shapes", "one channel", [o.normal(1, 5, 1), params(1, 5)], hyena, terms=10)
full = params(3, 5)
o.case("gradient", "by everything", [o.normal(2, 5, 3), full], hyena, wrt=wrt(full), terms=60)
plain = params(2, 6, False)
o.case("gradient", "no biases", [o.normal(1, 6, 2), plain], hyena, wrt=wrt(plain), terms=60)
for name, shape in (("w", (3, 6)), ("short", (9, 4)), ("filter", (3, 4)), ("skip", (2,))):
    bad = params(3, 5)
    bad[name] = o.normal(*shape)
    o.error(f"{name} does not fit", [o.normal(1, 5, 3), bad], name)
o.save()
