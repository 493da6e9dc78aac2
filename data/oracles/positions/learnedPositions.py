"""learnedPositions: torch.nn.functional.embedding of 0 ... T - 1."""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402

o = Oracle("learnedPositions")
look = lambda table, length: torch.nn.functional.embedding(torch.arange(length), table)
for says, M, T, C in (
    ("some of the places", 8, 5, 4),
    ("all places", 6, 6, 3),
    ("one place of many", 512, 1, 2),
):
    o.case("values", says, [o.normal(M, C), T], look)
o.case("shapes", "no places", [o.normal(4, 3), 0], look)
o.case("shapes", "one place, width one", [o.normal(1, 1), 1], look)
o.case("gradient", "rows past the length get zeros", [o.normal(6, 4), 4], look, wrt=["0"])
o.case("gradient", "the whole table", [o.normal(3, 2), 3], look, wrt=["0"])
o.error("past the table", [o.normal(4, 3), 5], "length")
o.error("less than no places", [o.normal(4, 3), -1], "length")
o.error("a table of rank one", [o.normal(4), 2], "table")
o.save()
