"""meanPool: mean pooling and torch.nn.functional.normalize, as the model card of all-MiniLM-L6-v2
writes them.
"""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402

o = Oracle("meanPool")


def pool(hidden, lengths):
    mask = (torch.arange(hidden.shape[1]) < lengths[:, None]).double()[:, :, None]
    mean = (hidden * mask).sum(1) / mask.sum(1).clamp(min=1e-9)
    return torch.nn.functional.normalize(mean, p=2, dim=1)


lengths = lambda *n: torch.tensor(n, dtype=torch.int32)
o.case("values", "three texts of different lengths", [o.normal(3, 5, 6), lengths(5, 2, 3)], pool)
o.case("values", "no padding", [o.normal(2, 4, 5, mean=2.0), lengths(4, 4)], pool)
o.case("values", "long vectors", [o.normal(2, 3, 4, scale=1000.0), lengths(3, 1)], pool)
o.case("property", "a text without tokens gives zeros", [o.normal(2, 3, 4), lengths(0, 2)], pool)
o.case("shapes", "one text of one token", [o.normal(1, 1, 3), lengths(1)], pool)
o.case("shapes", "one feature", [o.normal(2, 3, 1), lengths(3, 2)], pool)
o.case("gradient", "hidden", [o.normal(2, 4, 3), lengths(4, 2)], pool, wrt=["0"])
o.error("a length over T", [o.normal(2, 3, 4), lengths(2, 4)], "lengths")
o.error("a length too few", [o.normal(2, 3, 4), lengths(2)], "lengths")
holes = o.normal(2, 4, 3)
holes[0, 2:], holes[1, 3] = torch.nan, torch.inf
o.case(
    "property",
    "padding holds NaN and infinity",
    [holes, lengths(2, 3)],
    lambda h, n: pool(h.nan_to_num(0, posinf=0), n),
)
o.save()
