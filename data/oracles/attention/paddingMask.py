"""paddingMask: the mask that transformers' tokenizers give as attention_mask, with two axes put
between (BERT's extended mask).
"""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402

o = Oracle("paddingMask")


def padding(lengths, keys):
    rows = [
        [1] * int(n) + [0] * (keys - int(n)) for n in lengths
    ]  # attention_mask: ones, then padding
    return torch.tensor(rows, dtype=torch.float32).reshape(len(rows), keys)[:, None, None, :]


ints = lambda *n: torch.tensor(n, dtype=torch.int32)
o.case("values", "three sentences", [ints(3, 5, 1), 5], padding)
o.case("values", "an empty and a full one", [ints(0, 4), 4], padding)
o.case("values", "longer than any sentence", [ints(2, 3), 9], padding)
o.case("shapes", "one sentence", [ints(2), 3], padding)
o.case("shapes", "no sentences", [torch.zeros(0, dtype=torch.int32), 3], padding)
o.case("shapes", "no keys", [ints(0, 0), 0], padding)
o.error("a length over S", [ints(2, 6), 5], "lengths")
o.error("a length below zero", [ints(2, -1), 5], "lengths")
o.error("lengths of rank two", [torch.zeros(2, 2, dtype=torch.int32), 5], "lengths")
o.error("half a key", [ints(1), 1.5], "keys")
o.save()
