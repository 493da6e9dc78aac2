"""lddt: the definition of Mariani et al. 2013 on one atom a residue, written out in float64, pair
by pair.
"""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402

o = Oracle("lddt")


def by_loops(predicted, truth):
    kept, counted = 0, 0
    for i in range(len(truth)):
        for j in range(len(truth)):
            d = float((truth[i] - truth[j]).norm())
            if i != j and d <= 15:
                error = abs(float((predicted[i] - predicted[j]).norm()) - d)
                kept, counted = kept + sum(error < cut for cut in (0.5, 1, 2, 4)) / 4, counted + 1
    return torch.tensor(kept / max(counted, 1)).double()


def chain(N):
    """a walk of steps of 3.8 Å"""
    steps = o.normal(N, 3).double()
    return (3.8 * steps / steps.norm(dim=1, keepdim=True)).cumsum(0).float()


for spread in (0.2, 0.7, 2.0):
    true = chain(12)
    o.case(
        "values",
        f"twelve residues, noise of {spread} Å",
        [true + o.normal(12, 3, scale=spread), true],
        by_loops,
    )
true = chain(20)
o.case("values", "another walk", [chain(20), true], by_loops)
o.case("property", "perfect", [true, true], by_loops)
o.case(
    "property",
    "moved and mirrored: it does not notice",
    [true * torch.tensor([1.0, 1, -1]) + 5, true],
    by_loops,
)
o.case(
    "property",
    "two residues too far apart to count",
    [torch.tensor([[0.0, 0, 0], [20, 0, 0]]), torch.tensor([[0.0, 0, 0], [16, 0, 0]])],
    by_loops,
)
o.case(
    "property",
    "an error of exactly 1 Å is not below 1 Å",
    [torch.tensor([[0.0, 0, 0], [6, 0, 0]]), torch.tensor([[0.0, 0, 0], [5, 0, 0]])],
    by_loops,
)
o.case(
    "property",
    "exactly 15 Å apart still counts",
    [torch.tensor([[0.0, 0, 0], [15.25, 0, 0]]), torch.tensor([[0.0, 0, 0], [15, 0, 0]])],
    by_loops,
)
o.case("shapes", "one residue", [o.normal(1, 3), o.normal(1, 3)], by_loops)
o.case("shapes", "two residues", [o.normal(2, 3), o.normal(2, 3)], by_loops)
o.error("another number of residues", [o.normal(4, 3), o.normal(5, 3)], "predicted")
o.error("two coordinates", [o.normal(4, 2), o.normal(4, 2)], "truth")
o.save()
