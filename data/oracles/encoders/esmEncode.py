"""esmEncode: transformers' EsmModel with rotary positions."""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from encoder_peers import block, block_paths, esm, norm  # noqa: E402
from oracle import Oracle  # noqa: E402

o = Oracle("esmEncode")


def params(V, C, heads, F, layers):
    return {
        "tokens": o.normal(V, C),
        "blocks": [block(o, C, heads, F) for _ in range(layers)],
        "norm": norm(o, C),
    }


ints = lambda *rows: torch.tensor(rows, dtype=torch.int32)
o.case(
    "values", "two layers", [o.ids(2, 5, below=9) + 2, params(11, 8, 2, 16, 2), {"heads": 2}], esm
)
o.case(
    "values",
    "twelve tokens, heads of width four",
    [o.ids(1, 12, below=9) + 2, params(11, 12, 3, 24, 1), {"heads": 3}],
    esm,
)
o.case(
    "values",
    "lengths without padding",
    [
        o.ids(2, 4, below=5) + 2,
        params(7, 8, 2, 16, 1),
        {"heads": 2, "lengths": torch.tensor([4, 4], dtype=torch.int32)},
    ],
    esm,
)
padded, weights = o.ids(2, 5, below=5) + 2, params(7, 8, 2, 16, 1)
padded[0, 2:], weights["tokens"][0] = (
    0,
    0,
)  # transformers sets the vectors of padding to zero; so is the row of its id here
o.case(
    "values",
    "padding behind the first sequence",
    [padded, weights, {"heads": 2, "lengths": torch.tensor([2, 5], dtype=torch.int32)}],
    esm,
)
o.case("shapes", "one token", [ints([2]), params(4, 4, 2, 4, 1), {"heads": 2}], esm)
o.case(
    "gradient",
    "all weights, an id occurs twice",
    [ints([4, 3, 4]), params(5, 4, 2, 6, 1), {"heads": 2}],
    esm,
    wrt=["1.tokens", "1.norm.gamma", "1.norm.beta", *block_paths("1.blocks.0")],
)
o.case(
    "values",
    "masked tokens are dropped, a different share in each sequence",
    [
        ints([2, 1, 4, 3, 5, 1], [3, 1, 1, 1, 4, 1]),
        params(7, 8, 2, 16, 2),
        {"heads": 2, "maskId": 1},
    ],
    esm,
)
o.case(
    "values",
    "nothing is masked, so all vectors are a little shorter",
    [o.ids(1, 6, below=5) + 2, params(7, 8, 2, 16, 1), {"heads": 2, "maskId": 1}],
    esm,
)
masked, weights = ints([2, 1, 4, 0, 0], [3, 1, 5, 4, 2]), params(7, 8, 2, 16, 1)
weights["tokens"][0] = 0
o.case(
    "values",
    "masked tokens are dropped, padding behind the first sequence",
    [
        masked,
        weights,
        {"heads": 2, "maskId": 1, "lengths": torch.tensor([3, 5], dtype=torch.int32)},
    ],
    esm,
)
o.error("an id outside the table", [ints([1, 7]), params(4, 4, 1, 4, 1), {"heads": 1}], "ids")
o.case(
    "values",
    "masked tokens are dropped, and the mask is id 0",
    [ints([2, 0, 4, 3], [3, 0, 0, 4]), params(7, 8, 2, 16, 1), {"heads": 2, "maskId": 0}],
    esm,
)
o.save()
