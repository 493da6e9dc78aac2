"""gumbelSoftmax: torch.nn.functional.gumbel_softmax in float64, given its noise in place of
drawing it.
"""

import pathlib
import sys
from unittest import mock

import torch
import torch.nn.functional as F

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402


def gumbel(logits, noise, temperature, options=None):
    # PyTorch's noise is -log of an exponential draw, so that this draw gives ours
    with mock.patch.object(torch.Tensor, "exponential_", lambda _: torch.exp(-noise)):
        return F.gumbel_softmax(logits, tau=temperature, hard=bool(options and options.get("hard")))


o = Oracle("gumbelSoftmax")
noise = lambda *shape: -torch.log(-torch.log(o.uniform(*shape, low=1e-6, high=1 - 1e-6)))
hard = {"hard": True}
o.case("values", "five rows", [o.normal(5, 6, scale=2), noise(5, 6), 1], gumbel)
o.case("values", "warm", [o.normal(3, 4), noise(3, 4), 5], gumbel)
o.case(
    "values", "cold", [o.normal(4, 8), noise(4, 8), 0.1], gumbel, widen=10
)  # the scores are ten times as large when the softmax sees them
o.case("values", "almost frozen", [o.normal(4, 5), noise(4, 5), 1e-4], gumbel)
o.case("values", "hard", [o.normal(6, 5), noise(6, 5), 0.7, hard], gumbel)
o.case(
    "property",
    "hard and so warm that all soft entries are equal",
    [o.normal(6, 5), noise(6, 5), 1e9, hard],
    gumbel,
)
o.case("values", "hard is false", [o.normal(3, 3), noise(3, 3), 2, {"hard": False}], gumbel)
o.case("shapes", "one row", [o.normal(7), noise(7), 1], gumbel)
o.case("shapes", "a grid", [o.normal(2, 3, 3, 4), noise(2, 3, 3, 4), 0.5], gumbel)
o.case("shapes", "one entry in a row", [o.normal(4, 1), noise(4, 1), 1, hard], gumbel)
o.case("gradient", "soft", [o.normal(4, 5), noise(4, 5), 0.8], gumbel, wrt=["0"])
o.case(
    "gradient",
    "hard: the gradient of the soft row",
    [o.normal(4, 5), noise(4, 5), 0.8, hard],
    lambda logits, drawn, t, _: gumbel(logits, drawn, t),
    wrt=["0"],
)
o.error("the temperature is zero", [o.normal(2, 3), noise(2, 3), 0], "temperature")
o.error("the temperature is negative", [o.normal(2, 3), noise(2, 3), -1], "temperature")
o.error("noise has another shape", [o.normal(2, 3), noise(3, 2), 1], "noise")
o.error("noise would broadcast", [o.normal(2, 3), noise(3), 1], "noise")
o.error("logits are a scalar", [o.normal(), o.normal(), 1], "logits")
o.error("logits hold whole numbers", [o.ids(2, 3, below=4), noise(2, 3), 1], "logits")
o.save()
