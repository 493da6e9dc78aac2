"""associativeScan: the recurrence in float64, a step at a time."""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402

o = Oracle("associativeScan")


def recurrence(a, b):
    if a.numel() == 0:
        return b.clone()
    h, all = torch.zeros_like(b[:, 0]), []
    for t in range(b.shape[1]):
        h = a[:, t] * h + b[:, t]
        all.append(h)
    return torch.stack(all, 1)


both = lambda *shape: [o.uniform(*shape, low=-1.0, high=1.0), o.normal(*shape)]
for T in (2, 3, 5, 8, 13):
    o.case("values", f"{T} steps", both(2, T, 3), recurrence, terms=5)
o.case(
    "values",
    "100 steps that fade slowly",
    [o.uniform(1, 100, 2, low=0.9, high=1.0), o.normal(1, 100, 2)],
    recurrence,
    terms=30,
)
o.case(
    "values",
    "steps that grow",
    [o.uniform(1, 12, 2, low=1.0, high=1.5), o.normal(1, 12, 2)],
    recurrence,
    terms=100,
)
o.case(
    "property",
    "a of one: a running sum",
    [torch.ones(1, 9, 2), o.normal(1, 9, 2)],
    recurrence,
    terms=10,
)
o.case("property", "a of zero: b itself", [torch.zeros(1, 9, 2), o.normal(1, 9, 2)], recurrence)
o.case("shapes", "one step", both(2, 1, 3), recurrence)
o.case("shapes", "no further axis", both(3, 6), recurrence, terms=5)
o.case("shapes", "two further axes", both(2, 7, 2, 3), recurrence, terms=5)
o.case("shapes", "no steps", [torch.zeros(2, 0, 3), torch.zeros(2, 0, 3)], recurrence)
o.case("gradient", "six steps", both(2, 6, 3), recurrence, wrt=["0", "1"], terms=20)
o.case(
    "gradient",
    "eleven steps, two further axes",
    both(1, 11, 2, 2),
    recurrence,
    wrt=["0", "1"],
    terms=20,
)
o.case("gradient", "one step", both(2, 1, 2), recurrence, wrt=["1"], terms=3)
o.error("b has another length", [o.normal(1, 4, 2), o.normal(1, 3, 2)], "b")
o.error("there is no axis of steps", [o.normal(4), o.normal(4)], "a")
o.save()
