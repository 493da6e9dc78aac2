"""crossEntropy: torch.nn.functional.cross_entropy in float64; without a counted target, NaN there,
it is 0 here.
"""

import pathlib
import sys

import torch
import torch.nn.functional as F

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402


def cross_entropy(logits, targets, options=None):
    options = options or {}
    ignore = options.get("ignore", -12345)
    rows, ids = logits.reshape(-1, logits.shape[-1]), targets.reshape(-1).long()
    if not (ids != ignore).any():
        return logits.sum() * 0
    return F.cross_entropy(
        rows, ids, ignore_index=ignore, label_smoothing=options.get("smoothing", 0.0)
    )


def ints(*values):
    return torch.tensor(values, dtype=torch.int32)


inf = float("inf")
o = Oracle("crossEntropy")
o.case("values", "a batch", [o.normal(8, 5, scale=2), o.ids(8, below=5)], cross_entropy)
o.case(
    "values", "logits of a thousand", [o.normal(6, 7, scale=1000), o.ids(6, below=7)], cross_entropy
)
o.case(
    "values", "a sure and right answer", [torch.tensor([[100.0, 0.0, 0.0]]), ints(0)], cross_entropy
)
o.case(
    "values",
    "logits at the ends of float32",
    [torch.tensor([[1e38, -1e38, 0.0], [-1e38, -1e38, -1e38]]), ints(1, 0)],
    cross_entropy,
)
o.case(
    "values",
    "other classes at minus infinity",
    [torch.tensor([[0.5, -inf, 1.5], [-inf, 2.0, -inf]]), ints(2, 1)],
    cross_entropy,
)
o.case(
    "values",
    "some targets do not count",
    [o.normal(6, 4), ints(0, -100, 3, -100, 1, 2), {"ignore": -100}],
    cross_entropy,
)
o.case(
    "values",
    "an ordinary class does not count",
    [o.normal(6, 4), ints(0, 1, 3, 0, 1, 2), {"ignore": 0}],
    cross_entropy,
)
o.case(
    "values", "no target counts", [o.normal(3, 4), ints(-1, -1, -1), {"ignore": -1}], cross_entropy
)
o.case(
    "values",
    "smoothing 0.1",
    [o.normal(8, 5, scale=2), o.ids(8, below=5), {"smoothing": 0.1}],
    cross_entropy,
)
o.case(
    "values", "smoothing 1", [o.normal(4, 5), o.ids(4, below=5), {"smoothing": 1}], cross_entropy
)
o.case(
    "values",
    "smoothing, and some do not count",
    [
        o.normal(2, 3, 5),
        torch.tensor([[0, 9, 4], [9, 2, 1]], dtype=torch.int32),
        {"ignore": 9, "smoothing": 0.2},
    ],
    cross_entropy,
)
o.case("shapes", "one row", [o.normal(6), torch.tensor(3, dtype=torch.int32)], cross_entropy)
o.case("shapes", "rank three", [o.normal(2, 3, 5), o.ids(2, 3, below=5)], cross_entropy)
o.case("shapes", "rank four", [o.normal(2, 1, 3, 4), o.ids(2, 1, 3, below=4)], cross_entropy)
o.case("shapes", "one class", [o.normal(3, 1), ints(0, 0, 0)], cross_entropy)
o.case("shapes", "no rows", [torch.zeros(0, 4), torch.zeros(0, dtype=torch.int32)], cross_entropy)
o.case(
    "gradient", "a batch", [o.normal(5, 6, scale=2), o.ids(5, below=6)], cross_entropy, wrt=["0"]
)
o.case(
    "gradient",
    "some do not count",
    [o.normal(5, 4), ints(0, -100, 3, -100, 1), {"ignore": -100}],
    cross_entropy,
    wrt=["0"],
)
o.case(
    "gradient",
    "smoothing",
    [o.normal(2, 3, 4), o.ids(2, 3, below=4), {"smoothing": 0.3}],
    cross_entropy,
    wrt=["0"],
)
o.case(
    "gradient",
    "no target counts",
    [o.normal(3, 4), ints(-1, -1, -1), {"ignore": -1}],
    cross_entropy,
    wrt=["0"],
)
o.case("gradient", "equal logits", [torch.zeros(3, 4), ints(0, 1, 2)], cross_entropy, wrt=["0"])
o.error("a target is the number of classes", [o.normal(2, 3), ints(0, 3)], "targets")
o.error("a target is negative and nothing is ignored", [o.normal(2, 3), ints(0, -100)], "targets")
o.error("another target is negative", [o.normal(2, 3), ints(-1, -100), {"ignore": -100}], "targets")
o.error("targets are float32", [o.normal(2, 3), torch.tensor([0.0, 1.0])], "targets")
o.error("targets are too few", [o.normal(2, 3), ints(0)], "targets")
o.error("logits are a scalar", [torch.tensor(1.0), torch.tensor(0, dtype=torch.int32)], "logits")
o.error("smoothing is over one", [o.normal(2, 3), ints(0, 1), {"smoothing": 1.5}], "smoothing")
o.error("smoothing is negative", [o.normal(2, 3), ints(0, 1), {"smoothing": -0.1}], "smoothing")
o.case(
    "gradient",
    "logits of a thousand, and a class at minus infinity",
    [
        torch.tensor([[1000.0, 999, -1000, 998], [-1000, -1001, -torch.inf, -999]]),
        torch.tensor([1, 0], dtype=torch.int32),
    ],
    cross_entropy,
    wrt=["0"],
)
o.save()
