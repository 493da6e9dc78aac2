"""dpoLoss: the paper's ratio of probabilities, not of logarithms: the odds that the chosen answer
wins are (π_c/ref_c)^β / (π_r/ref_r)^β, in float64, or their logarithm where they would overflow.
"""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402

o = Oracle("dpoLoss")


def loss(policy, reference, options=None):
    beta = (options or {}).get("beta", 0.1)
    won, lost = policy["chosen"] - reference["chosen"], policy["rejected"] - reference["rejected"]
    if (
        float((won - lost).detach().abs().max()) * beta > 40
    ):  # log(1 + e^-x), with the larger part outside
        x = beta * (won - lost)
        return (torch.clamp(-x, min=0) + torch.log1p(torch.exp(-x.abs()))).mean()
    odds = won.exp() ** beta / lost.exp() ** beta
    return -torch.log(odds / (1 + odds)).mean()


pairs = lambda n, scale=2.0: {
    "chosen": o.normal(n, scale=scale, mean=-8.0),
    "rejected": o.normal(n, scale=scale, mean=-8.0),
}
o.case("values", "beta is left out", [pairs(5), pairs(5)], loss)
o.case("values", "beta is 1", [pairs(4), pairs(4), {"beta": 1}], loss)
o.case("values", "a small beta", [pairs(4), pairs(4), {"beta": 0.01}], loss)
o.case("values", "a large beta", [pairs(4), pairs(4), {"beta": 3}], loss)
o.case("values", "one pair", [pairs(1), pairs(1), {"beta": 0.5}], loss)
same = pairs(4)
o.case("property", "the reference itself costs log 2", [same, same, {"beta": 2}], loss)
o.case("property", "far apart", [pairs(4, 200.0), pairs(4, 200.0), {"beta": 1}], loss)
both = ["0.chosen", "0.rejected"]
o.case("gradient", "the policy", [pairs(4), pairs(4), {"beta": 0.5}], loss, wrt=both)
o.case("gradient", "beta is left out", [pairs(3), pairs(3)], loss, wrt=both)
o.case("gradient", "far apart", [pairs(3, 200.0), pairs(3, 200.0), {"beta": 1}], loss, wrt=both)
o.error("no pair", [pairs(0), pairs(0)], "policy")
o.error("rejected is shorter", [{**pairs(3), "rejected": o.normal(2)}, pairs(3)], "policy.rejected")
o.error("the reference is shorter", [pairs(3), pairs(2)], "reference.chosen")
o.error(
    "the reference's rejected is shorter",
    [pairs(3), {**pairs(3), "rejected": o.normal(2)}],
    "reference.rejected",
)
o.error("beta is 0", [pairs(3), pairs(3), {"beta": 0}], "beta")
o.error("beta is below 0", [pairs(3), pairs(3), {"beta": -0.1}], "beta")
o.save()
