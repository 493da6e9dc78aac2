"""bertEncode: transformers' BertModel."""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from encoder_peers import bert, block, block_paths, norm  # noqa: E402
from oracle import Oracle  # noqa: E402

o = Oracle("bertEncode")


def params(V, M, C, heads, F, layers, kinds=2):
    return {
        "tokens": o.normal(V, C),
        "positions": o.normal(M, C),
        "segments": o.normal(kinds, C),
        "norm": norm(o, C),
        "blocks": [block(o, C, heads, F) for _ in range(layers)],
    }


ints = lambda *rows: torch.tensor(rows, dtype=torch.int32)
o.case(
    "values", "two layers", [o.ids(2, 5, below=11), params(11, 8, 8, 2, 16, 2), {"heads": 2}], bert
)
o.case(
    "values",
    "two segments",
    [
        o.ids(1, 6, below=9),
        params(9, 6, 8, 4, 16, 1),
        {"heads": 4, "segments": ints([0, 0, 0, 1, 1, 1])},
    ],
    bert,
)
o.case(
    "values",
    "lengths without padding",
    [
        o.ids(2, 4, below=9),
        params(9, 6, 8, 2, 16, 2),
        {"heads": 2, "lengths": torch.tensor([4, 4], dtype=torch.int32)},
    ],
    bert,
)
o.case(
    "values",
    "padding behind the second sentence",
    [
        o.ids(2, 5, below=9),
        params(9, 6, 8, 2, 16, 1),
        {"heads": 2, "lengths": torch.tensor([5, 3], dtype=torch.int32)},
    ],
    bert,
)
o.case(
    "shapes",
    "one token, no block",
    [o.ids(1, 1, below=3), params(3, 2, 4, 1, 4, 1), {"heads": 1}],
    bert,
)
o.case(
    "gradient",
    "all tables, an id occurs twice",
    [ints([1, 3, 1]), params(5, 4, 4, 2, 6, 1), {"heads": 2}],
    bert,
    wrt=[
        "1.tokens",
        "1.positions",
        "1.segments",
        "1.norm.gamma",
        "1.norm.beta",
        *block_paths("1.blocks.0"),
    ],
)
o.error(
    "more tokens than positions",
    [o.ids(1, 5, below=4), params(4, 4, 4, 1, 4, 1), {"heads": 1}],
    "ids",
)
o.error("an id outside the table", [ints([1, 7]), params(4, 4, 4, 1, 4, 1), {"heads": 1}], "ids")
o.error(
    "a length for another number of sentences",
    [
        o.ids(2, 3, below=4),
        params(4, 4, 4, 1, 4, 1),
        {"heads": 1, "lengths": torch.tensor([3], dtype=torch.int32)},
    ],
    "lengths",
)
o.case(
    "values",
    "each row has its own segments",
    [
        o.ids(3, 4, below=9),
        params(9, 6, 8, 2, 16, 1),
        {"heads": 2, "segments": ints([0, 0, 1, 1], [1, 0, 0, 0], [0, 1, 1, 1])},
    ],
    bert,
)
o.case(
    "values",
    "segments and padding together",
    [
        o.ids(2, 5, below=9),
        params(9, 6, 8, 2, 16, 1),
        {
            "heads": 2,
            "segments": ints([0, 0, 0, 1, 1], [0, 1, 1, 0, 0]),
            "lengths": torch.tensor([5, 3], dtype=torch.int32),
        },
    ],
    bert,
)
o.save()
