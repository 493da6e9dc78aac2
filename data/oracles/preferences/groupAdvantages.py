"""groupAdvantages: scipy-like z-scores row by row with numpy's population standard deviation, in
float64; rows whose rewards are all equal are picked out by comparison.
"""

import pathlib
import sys

import numpy as np
import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402

o = Oracle("groupAdvantages")


def advantages(rewards, options=None):
    rows = []
    for row in rewards.numpy():
        if len(set(row.tolist())) == 1:
            rows.append(np.zeros_like(row))
            continue
        spread = np.std(row) if (options or {}).get("scale", "std") == "std" else 1.0
        rows.append((row - np.mean(row)) / spread)
    return torch.tensor(np.array(rows).reshape(rewards.shape))


rows = lambda *values: torch.tensor(values, dtype=torch.float32)
o.case("values", "any rewards", [o.normal(4, 6)], advantages)
some = rows([1, 0, 0, 0], [1, 1, 0, 0], [1, 1, 1, 0])
o.case("values", "one, two and three of four are right", [some], advantages)
o.case("values", "without the division", [some, {"scale": "none"}], advantages)
o.case("values", "std is named", [o.normal(3, 5), {"scale": "std"}], advantages)
o.case("values", "two answers", [o.normal(5, 2)], advantages)
o.case(
    "values", "rewards of different sizes", [o.normal(3, 4) * rows([1], [100], [0.01])], advantages
)
none = rows([0, 0, 0, 0], [1, 1, 1, 1], [0, 1, 0, 0])
o.case("property", "none or all are right", [none], advantages)
o.case(
    "property", "none or all are right, without the division", [none, {"scale": "none"}], advantages
)
tenths = rows([0.1] * 7, [0.7] * 7, [1e6 / 3] * 7, [-2.3] * 7)
o.case("property", "equal rewards that aren't whole", [tenths], advantages)
o.case("property", "equal rewards, without the division", [tenths, {"scale": "none"}], advantages)
high = o.normal(2, 4, scale=100, mean=1000)
o.case("property", "a high mean", [high], advantages, widen=10)  # float32 has seven digits
o.case("shapes", "one prompt", [o.normal(1, 8)], advantages)
o.case("shapes", "one answer", [o.normal(3, 1)], advantages)
o.error("one row without its axis", [o.normal(4)], "rewards")
o.error("no answer", [torch.zeros(2, 0)], "rewards")
o.error("int32", [torch.ones(2, 3, dtype=torch.int32)], "rewards")
o.error("another scale", [o.normal(2, 3), {"scale": "max"}], "scale")
o.save()
