"""llamaBlock: the layer of transformers' Llama with its DynamicCache (see language_models.py)."""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from model_peers import cache_of, caches_of, llama, llama_block, paths  # noqa: E402
from oracle import Oracle  # noqa: E402

o = Oracle("llamaBlock")
EMPTY = {"k": None, "v": None}


def block(x, cache, params, options):
    C = x.shape[2]
    model = llama(
        {"tokens": torch.zeros(2, C).double(), "blocks": [params], "norm": torch.ones(C).double()},
        options,
    )
    past = 0 if cache["k"] is None else cache["k"].shape[2]
    T, held = x.shape[1], cache_of([cache])
    places = torch.arange(past, past + T)[None]
    hidden = (
        torch.zeros(T, past + T)
        .masked_fill(torch.ones(T, past + T).tril(past) == 0, -torch.inf)[None, None]
        .double()
    )
    y = model.model.layers[0](
        x,
        attention_mask=hidden,
        position_ids=places,
        cache=held,
        use_cache=True,
        position_embeddings=model.model.rotary_emb(x, places),
    )
    return {"output": y if isinstance(y, torch.Tensor) else y[0], "cache": caches_of(held, 1)[0]}


held = lambda B, G, S, D: {"k": o.normal(B, G, S, D), "v": o.normal(B, G, S, D)}
p = llama_block(o, 8, 12, 4, 2, 2)
o.case(
    "values",
    "four heads share two groups",
    [o.normal(2, 5, 8), EMPTY, p, {"heads": 4, "kvHeads": 2}],
    block,
)
o.case(
    "values",
    "one token behind five",
    [o.normal(2, 1, 8), held(2, 2, 5, 2), p, {"heads": 4, "kvHeads": 2}],
    block,
)
o.case(
    "values",
    "three tokens behind two",
    [o.normal(1, 3, 8), held(1, 2, 2, 2), p, {"heads": 4, "kvHeads": 2}],
    block,
)
o.case(
    "values",
    "as many groups as heads, another base",
    [
        o.normal(1, 6, 8),
        EMPTY,
        llama_block(o, 8, 16, 2, 2, 4),
        {"heads": 2, "kvHeads": 2, "base": 100.0},
    ],
    block,
)
o.case(
    "values",
    "a large eps",
    [o.normal(1, 4, 8, scale=0.1), EMPTY, p, {"heads": 4, "kvHeads": 2, "eps": 0.1}],
    block,
)
o.case(
    "values",
    "a small x, where the default of eps shows",
    [o.normal(1, 4, 8, scale=0.003), EMPTY, p, {"heads": 4, "kvHeads": 2}],
    block,
)
o.case(
    "shapes",
    "one token at the start",
    [o.normal(3, 1, 8), EMPTY, p, {"heads": 4, "kvHeads": 2}],
    block,
)
tiny = llama_block(o, 4, 6, 2, 1, 2)
o.case(
    "gradient",
    "x, the cache and all weights",
    [o.normal(1, 3, 4), held(1, 1, 2, 2), tiny, {"heads": 2, "kvHeads": 1}],
    block,
    wrt=["0", "1.k", "1.v", *paths(tiny, 2)],
    terms=30,
)
o.error(
    "kvHeads do not divide heads",
    [o.normal(1, 2, 8), EMPTY, p, {"heads": 4, "kvHeads": 3}],
    "kvHeads",
)
o.error(
    "the cache of another batch",
    [o.normal(1, 2, 8), held(2, 2, 3, 2), p, {"heads": 4, "kvHeads": 2}],
    "cache.k",
)
o.error(
    "norm1 is too wide",
    [o.normal(1, 2, 8), EMPTY, {**p, "norm1": o.normal(9)}, {"heads": 4, "kvHeads": 2}],
    "norm1",
)
o.case(
    "values",
    "eps 0, a small x",
    [o.normal(1, 4, 8, scale=0.003), EMPTY, p, {"heads": 4, "kvHeads": 2, "eps": 0.0}],
    block,
)
o.save()
