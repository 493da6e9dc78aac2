"""gptForward: transformers' GPT2LMHeadModel (see language_models.py)."""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from model_peers import gpt2, gpt_params, paths  # noqa: E402
from oracle import Oracle  # noqa: E402

o = Oracle("gptForward")
forward = lambda ids, params, options: gpt2(params, options["heads"])(ids.long()).logits

small = gpt_params(o, 9, 8, 32, 6, 1)
o.case("values", "one block", [o.ids(2, 4, below=9), small, {"heads": 2}], forward)
o.case(
    "values",
    "three blocks of four heads",
    [o.ids(1, 6, below=12), gpt_params(o, 12, 8, 16, 8, 3), {"heads": 4}],
    forward,
)
o.case(
    "values",
    "as long as the table of positions",
    [o.ids(2, 6, below=9), small, {"heads": 2}],
    forward,
)
o.case(
    "values",
    "the same token five times",
    [torch.full((1, 5), 3, dtype=torch.int32), small, {"heads": 1}],
    forward,
)
o.case("shapes", "one token", [o.ids(3, 1, below=9), small, {"heads": 2}], forward)
o.case(
    "shapes",
    "no blocks",
    [o.ids(1, 3, below=5), gpt_params(o, 5, 4, 8, 4, 0), {"heads": 1}],
    forward,
)
tiny = gpt_params(o, 5, 4, 8, 4, 2)
o.case(
    "gradient",
    "all weights",
    [o.ids(2, 4, below=5), tiny, {"heads": 2}],
    forward,
    wrt=paths(tiny, 1),
    terms=30,
)
o.error(
    "an id past the table", [torch.tensor([[1, 9]], dtype=torch.int32), small, {"heads": 2}], "ids"
)
o.error("a negative id", [torch.tensor([[1, -1]], dtype=torch.int32), small, {"heads": 2}], "ids")
o.error("longer than the table of positions", [o.ids(1, 7, below=9), small, {"heads": 2}], "length")
o.error("ids of rank one", [o.ids(4, below=9), small, {"heads": 2}], "ids")
o.error("ids are floats", [torch.zeros(1, 3), small, {"heads": 2}], "ids")
o.error("heads do not divide the width", [o.ids(1, 3, below=9), small, {"heads": 3}], "heads")
o.save()
