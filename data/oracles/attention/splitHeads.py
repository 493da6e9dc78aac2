"""splitHeads: torch's view and transpose, as transformers' BertSelfAttention splits its heads."""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402

o = Oracle("splitHeads")
split = lambda x, heads: x.view(*x.shape[:2], heads, x.shape[2] // heads).transpose(1, 2)
for says, shape, heads in (
    ("two heads", (2, 3, 8), 2),
    ("one head", (2, 3, 4), 1),
    ("as many heads as features", (1, 4, 5), 5),
    ("three heads of five", (2, 7, 15), 3),
):
    o.case("values", says, [o.normal(*shape), heads], split)
o.case("shapes", "one token", [o.normal(3, 1, 6), 2], split)
o.case("shapes", "no batch", [torch.zeros(0, 3, 4), 2], split)
o.case("shapes", "no tokens", [torch.zeros(2, 0, 6), 3], split)
o.case("gradient", "x", [o.normal(2, 3, 6), 3], split, wrt=["0"])
o.error("heads do not divide the width", [o.normal(2, 3, 8), 3], "heads")
o.error("no heads", [o.normal(2, 3, 8), 0], "heads")
o.error("x has rank two", [o.normal(3, 8), 2], "x")
o.save()
