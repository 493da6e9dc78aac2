"""mergeLora: the change as a sum of outer products, one per rank, in float64; and a check that
PyTorch's linear layer with the merged matrix gives what the two paths give.
"""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402

o = Oracle("mergeLora")


def merge(w, adapter, alpha=None):
    a, b = adapter["a"], adapter["b"]
    rank = a.shape[1]
    scale = (rank if alpha is None else alpha) / rank
    merged = w + scale * sum(torch.outer(a[:, k], b[k]) for k in range(rank))
    x = torch.linspace(-1, 1, 3 * len(w), dtype=w.dtype).reshape(3, -1)
    torch.testing.assert_close(x @ merged, x @ w + scale * ((x @ a) @ b))
    return merged


def args(C, D, r, *alpha):
    lora = {"a": o.normal(C, r, scale=C**-0.5), "b": o.normal(r, D, scale=0.5)}
    return [o.normal(C, D, scale=C**-0.5), lora, *alpha]


o.case("values", "rank two of six", args(6, 5, 2), merge)
o.case("values", "alpha is 16", args(6, 8, 4, 16), merge)
o.case("values", "rank one, alpha 3", args(5, 3, 1, 3), merge)
o.case("values", "rank three, alpha one half", args(4, 6, 3, 0.5), merge)
o.case("values", "alpha is below zero: the change is taken out", args(6, 5, 4, -4), merge)
o.case("property", "alpha is 0: a copy of w", args(6, 5, 2, 0), merge)
zero = args(4, 6, 3, 8)
zero[1] = {"a": zero[1]["a"], "b": torch.zeros(3, 6)}
o.case("property", "b is 0: a copy of w", zero, merge)
o.case("shapes", "one row", args(1, 6, 2), merge)
o.case("shapes", "one column", args(6, 1, 2, 4), merge)
o.case("shapes", "the rank is over the width", args(2, 3, 5, 3), merge)
o.case("gradient", "w, a and b", args(4, 5, 2, 3), merge, wrt=["0", "1.a", "1.b"])
o.error("w is no matrix", [o.normal(4), *args(4, 3, 2)[1:]], "w")
o.error("a has another width", [o.normal(4, 3), args(5, 3, 2)[1]], "a [4")
o.error("b has another width", [o.normal(4, 3), args(4, 5, 2)[1]], "b [2")
o.save()
