"""softmaxKernel: torch.softmax in float64."""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402

o = Oracle("softmaxKernel")
softmax = lambda scores: torch.softmax(scores, -1)
o.case("values", "two rows of 64", [o.normal(2, 64, scale=2)], softmax)
o.case("values", "rows of 333", [o.normal(3, 333, scale=3)], softmax)
o.case(
    "property", "scores of hundreds", [o.normal(2, 100, scale=100, mean=200)], softmax, widen=100
)  # float32 rounds scores of hundreds
o.case(
    "property", "scores far below zero", [o.normal(2, 100, scale=10, mean=-500)], softmax, widen=100
)
o.case("property", "equal scores", [torch.full((2, 80), 7.0)], softmax)
o.case("shapes", "one score", [o.normal(1, 1)], softmax)
o.case("shapes", "rows of 65", [o.normal(2, 65)], softmax)
o.case("shapes", "a row of 1024", [o.normal(1, 1024, scale=2)], softmax)
o.save()
