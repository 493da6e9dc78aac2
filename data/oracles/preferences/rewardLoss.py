"""rewardLoss: PyTorch's binary cross-entropy with logits against "the first one wins", in float64;
the same as logaddexp(loser, winner) − winner, Bradley and Terry's own quotient.
"""

import pathlib
import sys

import torch
import torch.nn.functional as F

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402

o = Oracle("rewardLoss")


def loss(chosen, rejected, options=None):
    margin = (options or {}).get("margin", torch.zeros_like(chosen))
    won = F.binary_cross_entropy_with_logits(chosen - rejected - margin, torch.ones_like(chosen))
    quotient = (torch.logaddexp(chosen - margin, rejected) - (chosen - margin)).mean()
    assert abs(float((won - quotient).detach())) < 1e-9 * max(1.0, float(quotient.detach()))
    return won


scores = lambda n, scale=1.0: o.normal(n, scale=scale)
o.case("values", "five pairs", [scores(5), scores(5)], loss)
o.case("values", "one pair", [scores(1), scores(1)], loss)
o.case("values", "a margin", [scores(4), scores(4), {"margin": o.uniform(4, high=2.0)}], loss)
o.case("values", "margins below 0", [scores(4), scores(4), {"margin": scores(4)}], loss)
o.case("values", "margins of 0", [scores(4), scores(4), {"margin": torch.zeros(4)}], loss)
equal = scores(3)
o.case("property", "equal scores cost log 2", [equal, equal], loss)
far = torch.tensor([200.0, -300.0, 5.0])
o.case("property", "scores far apart", [far, -far], loss)
o.case(
    "property", "leads of 30 and 20", [torch.tensor([30.0, 20.0]), torch.tensor([0.0, 0.0])], loss
)
o.case("gradient", "both scores", [scores(4), scores(4)], loss, wrt=["0", "1"])
margin = {"margin": o.uniform(4, high=2.0)}
o.case("gradient", "with a margin", [scores(4), scores(4), margin], loss, wrt=["0", "1"])
o.case("gradient", "far apart", [far, -far], loss, wrt=["0", "1"])
o.error("no pair", [torch.zeros(0), torch.zeros(0)], "chosen")
o.error("another number of rejected", [scores(3), scores(2)], "rejected")
o.error("chosen is a matrix", [o.normal(2, 2), o.normal(2, 2)], "chosen")
o.error("another number of margins", [scores(3), scores(3), {"margin": scores(2)}], "margin")
o.save()
