"""scalingLoss: a direct transcription of Hoffmann et al. 2022, §3.3, on N and D themselves;
gradients by autograd.
"""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402

CHINCHILLA = {"e": 1.69, "a": 406.4, "alpha": 0.34, "b": 410.7, "beta": 0.28}


def loss(n, d, fit=CHINCHILLA):
    N, D = 10.0**n, 10.0**d
    return fit["e"] + fit["a"] / N ** fit["alpha"] + fit["b"] / D ** fit["beta"]


o = Oracle("scalingLoss")
other = {"e": 0.5, "a": 12.0, "alpha": 0.2, "b": 700.0, "beta": 0.45}
o.case(
    "values",
    "Gopher: 280 billion weights, 300 billion tokens",
    [torch.tensor(11.4471580), torch.tensor(11.4771213)],
    loss,
)
o.case(
    "values", "many models", [o.uniform(12, low=7, high=12), o.uniform(12, low=8, high=13)], loss
)
o.case(
    "values",
    "a fit of other numbers",
    [o.uniform(6, low=5, high=9), o.uniform(6, low=6, high=10), other],
    loss,
)
o.case(
    "property",
    "with endless weights and data the loss is e",
    [torch.tensor([60.0, 80.0]), torch.tensor([60.0, 90.0])],
    loss,
)
o.case(
    "shapes", "a matrix", [o.uniform(3, 4, low=7, high=12), o.uniform(3, 4, low=8, high=13)], loss
)
o.case("shapes", "no models", [torch.zeros(0), torch.zeros(0)], loss)
o.case(
    "gradient",
    "what more weights and more data bring",
    [o.uniform(8, low=7, high=12), o.uniform(8, low=8, high=13)],
    loss,
    wrt=["0", "1"],
)
o.case(
    "gradient",
    "of another fit",
    [o.uniform(5, low=5, high=9), o.uniform(5, low=6, high=10), other],
    loss,
    wrt=["0", "1"],
    terms=10,
)
o.error("fewer data than weights", [torch.ones(3), torch.ones(2)], "tokens")
o.error("whole numbers", [torch.ones(3).int(), torch.ones(3)], "parameters")
o.save()
