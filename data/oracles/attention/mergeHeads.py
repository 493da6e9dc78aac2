"""mergeHeads: torch's transpose and reshape, as transformers' BertSelfAttention merges its
heads.
"""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402

o = Oracle("mergeHeads")
merge = lambda x: x.transpose(1, 2).flatten(2)
for says, shape in (
    ("two heads", (2, 2, 3, 4)),
    ("one head", (2, 1, 3, 4)),
    ("heads of width one", (1, 5, 4, 1)),
    ("three heads of five", (2, 3, 7, 5)),
):
    o.case("values", says, [o.normal(*shape)], merge)
o.case("shapes", "one token", [o.normal(3, 2, 1, 3)], merge)
o.case("shapes", "no batch", [torch.zeros(0, 2, 3, 4)], merge)
o.case("shapes", "no tokens", [torch.zeros(2, 3, 0, 2)], lambda x: torch.zeros(2, 0, 6))
o.case("gradient", "x", [o.normal(2, 3, 4, 2)], merge, wrt=["0"])
o.error("x has rank three", [o.normal(2, 3, 8)], "x")
o.case("values", "as many heads as tokens", [o.normal(2, 3, 3, 2)], merge)
o.save()
