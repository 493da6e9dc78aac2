"""smoothLddtLoss: algorithm 27 of AlphaFold 3's supplement (§3.7.1) written out in float64, pair by
pair.
"""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402

o = Oracle("smoothLddtLoss")


def by_loops(predicted, truth):
    distance = lambda a, b: ((a - b).square().sum() + 1e-8) ** 0.5
    total, counted = torch.zeros((), dtype=torch.float64), 0
    for i in range(len(truth)):
        for j in range(len(truth)):
            d = distance(truth[i], truth[j])
            if i != j and d < 15:
                error = (distance(predicted[i], predicted[j]) - d).abs()
                # σ(cut − error), as one over one plus an exponential
                total = total + sum(1 / (1 + (error - cut).exp()) for cut in (0.5, 1, 2, 4)) / 4
                counted += 1
    return 1 - total / max(counted, 1)


def chain(N):
    """a walk of steps of 3.8 Å"""
    steps = o.normal(N, 3).double()
    return (3.8 * steps / steps.norm(dim=1, keepdim=True)).cumsum(0).float()


for spread in (0.2, 1.0, 4.0):
    true = chain(12)
    o.case(
        "values",
        f"twelve residues, noise of {spread} Å",
        [true + o.normal(12, 3, scale=spread), true],
        by_loops,
    )
true = chain(20)
o.case("values", "another walk", [chain(20), true], by_loops)
o.case("property", "perfect: 0.196", [true, true], by_loops)
mirror = torch.tensor([1.0, 1, -1])
o.case("property", "moved and mirrored: it does not notice", [true * mirror + 5, true], by_loops)
two = lambda x: torch.tensor([[0.0, 0, 0], [x, 0, 0]])
o.case("property", "too far apart to count", [two(20), two(16)], by_loops)
o.case("property", "exactly 15 Å apart doesn't count", [two(15.25), two(15)], by_loops)
o.case("property", "an error of 4 Å, at the last cutoff", [two(9), two(5)], by_loops)
o.case("shapes", "one residue", [o.normal(1, 3), o.normal(1, 3)], by_loops)
o.case("shapes", "two residues", [o.normal(2, 3), o.normal(2, 3)], by_loops)
true = chain(9)
o.case("gradient", "near the truth", [true + o.normal(9, 3), true], by_loops, wrt=["0"])
o.case("gradient", "another walk", [1.2 * chain(9), true], by_loops, wrt=["0"])
together = true + o.normal(9, 3)
together[4] = together[3]
o.case("gradient", "two residues in one place", [together, true], by_loops, wrt=["0"], terms=1)
o.error("another number of residues", [o.normal(4, 3), o.normal(5, 3)], "predicted")
o.error("two coordinates", [o.normal(4, 2), o.normal(4, 2)], "truth")
o.save()
