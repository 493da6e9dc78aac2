"""llamaStep: transformers' LlamaForCausalLM with its DynamicCache, the logits of the last token
(see language_models.py).
"""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from model_peers import cache_of, caches_of, llama, llama_params, paths  # noqa: E402
from oracle import Oracle  # noqa: E402

o = Oracle("llamaStep")


def step(ids, caches, params, options):
    cache = cache_of(caches)
    logits = llama(params, options)(ids.long(), cache=cache, use_cache=True).logits
    return {"logits": logits[:, -1], "caches": caches_of(cache, len(caches))}


empty = lambda layers: [{"k": None, "v": None}] * layers
held = lambda layers, B, G, S, D: [
    {"k": o.normal(B, G, S, D), "v": o.normal(B, G, S, D)} for _ in range(layers)
]
small, options = llama_params(o, 9, 8, 12, 2, 4, 2), {"heads": 4, "kvHeads": 2}
o.case("values", "a prompt of five tokens", [o.ids(2, 5, below=9), empty(2), small, options], step)
o.case(
    "values",
    "one token behind six",
    [o.ids(2, 1, below=9), held(2, 2, 2, 6, 2), small, options],
    step,
)
o.case(
    "values",
    "three tokens behind four",
    [o.ids(1, 3, below=9), held(2, 1, 2, 4, 2), small, options],
    step,
)
o.case(
    "values",
    "a head of its own, SmolLM2's base",
    [
        o.ids(1, 2, below=7),
        held(3, 1, 1, 3, 4),
        llama_params(o, 7, 8, 12, 3, 2, 1, head=True),
        {"heads": 2, "kvHeads": 1, "base": 100000.0},
    ],
    step,
)
o.case(
    "values",
    "a large eps",
    [o.ids(1, 2, below=9), held(2, 1, 2, 3, 2), small, {**options, "eps": 0.5}],
    step,
)
o.case(
    "shapes", "the first token comes alone", [o.ids(3, 1, below=9), empty(2), small, options], step
)
tiny = llama_params(o, 5, 4, 6, 1, 2, 1)
o.case(
    "gradient",
    "the cache and all weights",
    [o.ids(1, 2, below=5), held(1, 1, 1, 2, 2), tiny, {"heads": 2, "kvHeads": 1}],
    step,
    wrt=["1.0.k", "1.0.v", *paths(tiny, 2)],
    terms=30,
)
o.error(
    "one cache for two blocks",
    [o.ids(1, 1, below=9), held(1, 1, 2, 3, 2), small, options],
    "caches",
)
o.error(
    "no new token",
    [torch.zeros(1, 0, dtype=torch.int32), held(2, 1, 2, 3, 2), small, options],
    "ids",
)
o.error(
    "an id past the table",
    [torch.tensor([[9]], dtype=torch.int32), empty(2), small, options],
    "ids",
)
o.error(
    "the cache of another batch",
    [o.ids(1, 1, below=9), held(2, 2, 2, 3, 2), small, options],
    "caches[0].k",
)
o.case(
    "values",
    "base 20, heads of width four",
    [
        o.ids(2, 2, below=9),
        held(2, 2, 1, 3, 4),
        llama_params(o, 9, 8, 12, 2, 2, 1, D=4),
        {"heads": 2, "kvHeads": 1, "base": 20.0},
    ],
    step,
)
o.case(
    "values",
    "eps 0, small embeddings",
    [
        o.ids(1, 2, below=9),
        empty(2),
        {**small, "tokens": small["tokens"] * 0.003},
        {**options, "eps": 0.0},
    ],
    step,
)
o.save()
