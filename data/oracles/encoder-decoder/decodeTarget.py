"""decodeTarget: torch's embedding, its TransformerDecoderLayer one after another, its linear map;
the waves by their formula.
"""

import math
import pathlib
import sys

import torch
from torch.nn.functional import embedding, linear

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from decoder_peers import block, torch_block  # noqa: E402
from oracle import Oracle  # noqa: E402

o = Oracle("decodeTarget")


def decode(ids, memory, params, options):
    table = params["target"]
    C = table.shape[1]
    waves = [
        [(math.sin if c % 2 == 0 else math.cos)(t / 10000 ** ((c - c % 2) / C)) for c in range(C)]
        for t in range(ids.shape[1])
    ]
    y = embedding(ids, table) * C**0.5 + torch.tensor(waves, dtype=torch.float64)
    for p in params["decoder"]:
        y = torch_block(y, memory, p, options)
    return linear(y, table)


def model(V, C, heads, layers):
    return {
        "target": o.normal(V, C, scale=C**-0.5),
        "decoder": [block(o, C, 2 * C, heads) for _ in range(layers)],
    }


padding = (torch.arange(4) < torch.tensor([4, 2])[:, None, None, None]).float()
o.case(
    "values",
    "one block",
    [o.ids(2, 3, below=7), o.normal(2, 4, 8), model(7, 8, 2, 1), {"heads": 2}],
    decode,
)
o.case(
    "values",
    "two blocks",
    [o.ids(2, 5, below=7), o.normal(2, 3, 8), model(7, 8, 4, 2), {"heads": 4}],
    decode,
)
o.case(
    "values",
    "a padded source",
    [
        o.ids(2, 3, below=7),
        o.normal(2, 4, 8),
        model(7, 8, 2, 2),
        {"heads": 2, "memoryMask": padding},
    ],
    decode,
)
o.case(
    "shapes",
    "only begin is written",
    [o.ids(1, 1, below=5), o.normal(1, 6, 4), model(5, 4, 1, 1), {"heads": 1}],
    decode,
)
o.case(
    "shapes",
    "no blocks",
    [o.ids(2, 4, below=5), o.normal(2, 1, 6), model(5, 6, 1, 0), {"heads": 1}],
    decode,
)
o.case(
    "gradient",
    "the table, which embeds and scores, the memory and a weight",
    [o.ids(2, 3, below=7), o.normal(2, 4, 8), model(7, 8, 2, 1), {"heads": 2}],
    decode,
    wrt=["1", "2.target", "2.decoder.0.cross.wv"],
    terms=30,
)
o.error("rank 1", [o.ids(3, below=7), o.normal(1, 4, 8), model(7, 8, 2, 1), {"heads": 2}], "ids")
o.save()
