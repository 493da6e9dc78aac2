"""llamaForward: transformers' LlamaForCausalLM (see language_models.py)."""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from model_peers import llama, llama_params, paths  # noqa: E402
from oracle import Oracle  # noqa: E402

o = Oracle("llamaForward")
forward = lambda ids, params, options: llama(params, options)(ids.long(), use_cache=False).logits

small = llama_params(o, 9, 8, 12, 1, 4, 2)
o.case("values", "one block", [o.ids(2, 5, below=9), small, {"heads": 4, "kvHeads": 2}], forward)
o.case(
    "values",
    "three blocks, six heads in two groups",
    [o.ids(1, 7, below=11), llama_params(o, 11, 12, 16, 3, 6, 2), {"heads": 6, "kvHeads": 2}],
    forward,
)
o.case(
    "values",
    "a head of its own",
    [
        o.ids(2, 4, below=7),
        llama_params(o, 7, 8, 12, 2, 2, 1, head=True),
        {"heads": 2, "kvHeads": 1},
    ],
    forward,
)
o.case(
    "values",
    "SmolLM2's base",
    [o.ids(1, 9, below=9), small, {"heads": 4, "kvHeads": 2, "base": 100000.0}],
    forward,
)
o.case(
    "values",
    "small embeddings, where eps shows",
    [
        o.ids(1, 5, below=9),
        {**small, "tokens": small["tokens"] * 0.003},
        {"heads": 4, "kvHeads": 2},
    ],
    forward,
)
o.case(
    "values",
    "a large eps",
    [o.ids(1, 5, below=9), small, {"heads": 4, "kvHeads": 2, "eps": 0.5}],
    forward,
)
o.case("shapes", "one token", [o.ids(3, 1, below=9), small, {"heads": 4, "kvHeads": 2}], forward)
tiny = llama_params(o, 5, 4, 6, 2, 2, 1)
o.case(
    "gradient",
    "all weights",
    [o.ids(2, 4, below=5), tiny, {"heads": 2, "kvHeads": 1}],
    forward,
    wrt=paths(tiny, 1),
    terms=30,
)
o.error(
    "an id past the table",
    [torch.tensor([[1, 9]], dtype=torch.int32), small, {"heads": 4, "kvHeads": 2}],
    "ids",
)
o.error("ids of rank one", [o.ids(4, below=9), small, {"heads": 4, "kvHeads": 2}], "ids")
o.error(
    "the head is too wide",
    [o.ids(1, 4, below=9), {**small, "head": o.normal(9, 9)}, {"heads": 4, "kvHeads": 2}],
    "w",
)
o.case(
    "values",
    "base 20, heads of width four",
    [
        o.ids(2, 6, below=9),
        llama_params(o, 9, 8, 12, 2, 2, 1, D=4),
        {"heads": 2, "kvHeads": 1, "base": 20.0},
    ],
    forward,
)
o.case(
    "values",
    "eps 0, small embeddings",
    [
        o.ids(1, 5, below=9),
        {**small, "tokens": small["tokens"] * 0.003},
        {"heads": 4, "kvHeads": 2, "eps": 0.0},
    ],
    forward,
)
o.save()
