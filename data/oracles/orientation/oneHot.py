"""oneHot: torch.nn.functional.one_hot."""

import pathlib
import sys

import torch
import torch.nn.functional as F

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402


def one_hot(ids, depth):
    return F.one_hot(ids.long(), depth).float()


o = Oracle("oneHot")
o.case("values", "ids in a list", [o.ids(9, below=5), 5], one_hot)
o.case("values", "every id once", [torch.arange(6, dtype=torch.int32), 6], one_hot)
o.case(
    "values", "a depth that no id reaches", [torch.tensor([0, 1, 0], dtype=torch.int32), 8], one_hot
)
o.case("values", "one class", [torch.zeros(4, dtype=torch.int32), 1], one_hot)
o.case("shapes", "one id", [torch.tensor(2, dtype=torch.int32), 4], one_hot)
o.case("shapes", "rank three", [o.ids(2, 1, 3, below=4), 4], one_hot)
o.case("shapes", "rank four", [o.ids(2, 1, 2, 2, below=3), 3], one_hot)
o.case("shapes", "no ids", [torch.zeros(0, dtype=torch.int32), 3], one_hot)
o.error("an id is the depth", [torch.tensor([0, 3], dtype=torch.int32), 3], "ids")
o.error("an id is negative", [torch.tensor([-1, 2], dtype=torch.int32), 3], "ids")
o.error("ids are float32", [torch.tensor([0.0, 1.0]), 3], "ids")
o.error("depth is zero", [torch.zeros(1, dtype=torch.int32), 0], "depth")
o.error("depth is a fraction", [torch.zeros(1, dtype=torch.int32), 2.5], "depth")
o.case("values", "ids beyond 255", [torch.tensor([299, 0, 256], dtype=torch.int32), 300], one_hot)
o.save()
