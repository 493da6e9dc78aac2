"""sampleToken: numpy.searchsorted in the running sum; the last id with any probability where
rounding ends the sum too early.
"""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import numpy as np  # noqa: E402
from oracle import Oracle  # noqa: E402

o = Oracle("sampleToken")


def drawn(p, uniform):
    p = p.numpy()
    i = min(np.searchsorted(np.cumsum(p), uniform, side="right"), np.flatnonzero(p)[-1])
    return torch.tensor(int(i), dtype=torch.int32)


quarters = torch.tensor([0.25, 0.5, 0.25])
for says, u in (("the first part", 0.1), ("the second part", 0.5), ("the last part", 0.9)):
    o.case("values", says, [quarters, u], drawn)
for u in (0.03, 0.41, 0.77, 0.96):
    p = o.uniform(30)
    o.case("values", f"thirty tokens at {u}", [p / p.sum(), u], drawn)
o.case("values", "exactly on a border the next part begins", [quarters, 0.25], drawn)
o.case(
    "values",
    "at 0 a token of no probability is passed over",
    [torch.tensor([0.0, 0.0, 0.5, 0.5]), 0.0],
    drawn,
)
o.case("values", "zeros between", [torch.tensor([0.5, 0.0, 0.0, 0.5]), 0.5], drawn)
o.case(
    "property",
    "the sum is a little below 1 and zeros follow",
    [torch.tensor([0.25, 0.25, 0.4375, 0.0, 0.0]), 0.99],
    drawn,
)
o.case("shapes", "one token", [torch.ones(1), 0.7], drawn)
o.error("uniform is 1", [quarters, 1.0], "uniform")
o.error("uniform is negative", [quarters, -0.1], "uniform")
o.error("probabilities of rank two", [torch.full((2, 2), 0.5), 0.5], "probabilities")
o.save()
