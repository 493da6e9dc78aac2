"""attendWithCache: transformers' DynamicCache with torch's attention (see attention_peers.py)."""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402
from shared.attention_peers import layer, paths, weights  # noqa: E402

o = Oracle("attendWithCache")


def cached(x, cache, params, options):
    past = None if cache["k"] is None else cache
    y, k, v = layer(x, x, params, options, past, causal=True)
    return {"output": y, "cache": {"k": k, "v": v}}


empty = {"k": None, "v": None}
held = lambda B, G, S, D: {"k": o.normal(B, G, S, D), "v": o.normal(B, G, S, D)}
o.case(
    "values",
    "five tokens at the start",
    [o.normal(2, 5, 8), empty, weights(o, 8, 2, 4), {"heads": 2}],
    cached,
)
o.case(
    "values",
    "one token after five",
    [o.normal(2, 1, 8), held(2, 2, 5, 4), weights(o, 8, 2, 4), {"heads": 2}],
    cached,
)
o.case(
    "values",
    "three tokens after four",
    [o.normal(2, 3, 8), held(2, 2, 4, 4), weights(o, 8, 2, 4, biases=False), {"heads": 2}],
    cached,
)
o.case(
    "values",
    "RoPE goes on from the cache",
    [o.normal(1, 2, 8), held(1, 2, 6, 4), weights(o, 8, 2, 4), {"heads": 2, "rope": {}}],
    cached,
)
o.case(
    "values",
    "grouped queries and RoPE in halves, as Llama",
    [
        o.normal(2, 2, 16),
        held(2, 2, 9, 4),
        weights(o, 16, 4, 4, groups=2, biases=False),
        {"heads": 4, "kvHeads": 2, "rope": {"layout": "halves", "base": 1000.0}},
    ],
    cached,
)
o.case(
    "values",
    "a mask of padding joins the causal one",
    [
        o.normal(2, 3, 8),
        held(2, 2, 2, 4),
        weights(o, 8, 2, 4),
        {
            "heads": 2,
            "mask": (torch.arange(5) >= torch.tensor([0, 2])[:, None, None, None]).float(),
        },
    ],
    cached,
)
o.case(
    "values",
    "bias and scale",
    [
        o.normal(1, 2, 8),
        held(1, 2, 3, 4),
        weights(o, 8, 2, 4),
        {"heads": 2, "bias": o.normal(2, 2, 5), "scale": 0.3},
    ],
    cached,
)
o.case(
    "shapes",
    "one token at the start",
    [o.normal(3, 1, 4), empty, weights(o, 4, 1, 4), {"heads": 1}],
    cached,
)
o.case(
    "shapes",
    "a cache of no tokens",
    [o.normal(1, 2, 4), held(1, 2, 0, 2), weights(o, 4, 2, 2), {"heads": 2, "rope": {}}],
    cached,
)
o.case(
    "gradient",
    "x, cache and all weights",
    [
        o.normal(1, 2, 8),
        held(1, 2, 3, 4),
        weights(o, 8, 4, 4, groups=2),
        {"heads": 4, "kvHeads": 2, "rope": {}},
    ],
    cached,
    wrt=paths("0", "1.k", "1.v", at=2),
    terms=30,
)
o.error(
    "half a cache",
    [o.normal(1, 2, 8), {"k": o.normal(1, 2, 3, 4), "v": None}, weights(o, 8, 2, 4), {"heads": 2}],
    "cache.v",
)
o.error(
    "the cache of another batch",
    [o.normal(1, 2, 8), held(2, 2, 3, 4), weights(o, 8, 2, 4), {"heads": 2}],
    "cache.k",
)
o.error(
    "the cache has all heads instead of groups",
    [
        o.normal(1, 2, 8),
        held(1, 4, 3, 2),
        weights(o, 8, 4, 2, groups=2),
        {"heads": 4, "kvHeads": 2},
    ],
    "cache.k",
)
o.error(
    "the cache is wider",
    [o.normal(1, 2, 8), held(1, 2, 3, 6), weights(o, 8, 2, 4), {"heads": 2}],
    "cache.k",
)
o.error(
    "v holds fewer tokens than k",
    [
        o.normal(1, 2, 8),
        {"k": o.normal(1, 2, 3, 4), "v": o.normal(1, 2, 2, 4)},
        weights(o, 8, 2, 4),
        {"heads": 2},
    ],
    "cache.v",
)
o.error(
    "the mask covers the new tokens only",
    [
        o.normal(1, 2, 8),
        held(1, 2, 3, 4),
        weights(o, 8, 2, 4),
        {"heads": 2, "mask": torch.ones(2, 2)},
    ],
    "mask",
)
some = lambda made, *names: {k: v for k, v in made.items() if k[0] == "w" or k in names}
o.case(
    "values",
    "only queries and output have a bias",
    [o.normal(2, 2, 8), held(2, 2, 3, 4), some(weights(o, 8, 2, 4), "bq", "bo"), {"heads": 2}],
    cached,
)
o.case(
    "values",
    "only keys and values have a bias",
    [o.normal(2, 2, 8), held(2, 2, 3, 4), some(weights(o, 8, 2, 4), "bk", "bv"), {"heads": 2}],
    cached,
)
o.case(
    "values",
    "each row of the batch has its own mask and its own bias",
    [
        o.normal(3, 2, 8),
        held(3, 2, 3, 4),
        weights(o, 8, 2, 4),
        {
            "heads": 2,
            "mask": (o.uniform(3, 1, 2, 5) < 0.6) | (torch.arange(5) == 2),
            "bias": o.normal(3, 1, 2, 5, scale=2),
        },
    ],
    cached,
)
o.case(
    "values",
    "a bias for each head and nothing else",
    [
        o.normal(2, 2, 8),
        held(2, 2, 3, 4),
        weights(o, 8, 2, 4),
        {"heads": 2, "bias": o.normal(2, 2, 5, scale=2)},
    ],
    cached,
)
o.case(
    "values",
    "scale 0: every token that may be seen counts the same",
    [o.normal(2, 3, 8), held(2, 2, 2, 4), weights(o, 8, 2, 4), {"heads": 2, "scale": 0}],
    cached,
)
o.case(
    "values",
    "RoPE of base 20, interleaved, for a batch",
    [
        o.normal(2, 3, 8),
        held(2, 2, 4, 4),
        weights(o, 8, 2, 4),
        {"heads": 2, "rope": {"base": 20.0}},
    ],
    cached,
)
for says, T in (("three tokens", 3), ("one token", 1)):
    o.case(
        "values",
        f"all options together, {says} after four",
        [
            o.normal(2, T, 8),
            held(2, 2, 4, 4),
            weights(o, 8, 4, 4, groups=2),
            {
                "heads": 4,
                "kvHeads": 2,
                "scale": 0.3,
                "mask": (torch.arange(4 + T) >= torch.tensor([2, 0])[:, None, None, None]).int(),
                "bias": o.normal(4, T, 4 + T, scale=2),
                "rope": {"scale": 2.5, "layout": "halves", "base": 50.0},
            },
        ],
        cached,
    )
o.save()
