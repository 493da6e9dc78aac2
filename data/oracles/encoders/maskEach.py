"""maskEach: written out with loops."""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402

o = Oracle("maskEach")


def mask(ids, places, mask_id):
    rows, answers = [], []
    for place in places.tolist():
        row = ids.tolist()
        answers.append(row[place])
        row[place] = mask_id
        rows.append(row)
    return {
        "inputs": torch.tensor(rows, dtype=torch.int32),
        "answers": torch.tensor(answers, dtype=torch.int32),
    }


ints = lambda *n: torch.tensor(n, dtype=torch.int32)
o.case("values", "every place of five", [o.ids(5, below=30), ints(0, 1, 2, 3, 4), 33], mask)
o.case("values", "some places, in any order", [o.ids(8, below=30), ints(6, 1, 3), 33], mask)
o.case("values", "a place twice", [o.ids(4, below=30), ints(2, 2), 0], mask)
o.case("shapes", "one place of one token", [ints(7), ints(0), 3], mask)
o.error("a place behind the end", [ints(1, 2, 3), ints(0, 3), 9], "places")
o.error("a batch of texts", [torch.tensor([[1, 2]], dtype=torch.int32), ints(0), 9], "ids")
o.save()
