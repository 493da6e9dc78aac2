"""nextTokenLoss: torch's cross-entropy of what transformers' GPT2LMHeadModel gives for whole texts
(see language_models.py). Its own loss computes in float32.
"""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from model_peers import gpt2, gpt_params, paths  # noqa: E402
from oracle import Oracle  # noqa: E402

o = Oracle("nextTokenLoss")


def loss(texts, params, options):
    logits = gpt2(params, options["heads"])(texts.long()).logits[:, :-1]
    return torch.nn.functional.cross_entropy(logits.flatten(0, 1), texts[:, 1:].long().flatten())


small = gpt_params(o, 9, 8, 16, 6, 1)
o.case("values", "two texts", [o.ids(2, 5, below=9), small, {"heads": 2}], loss)
o.case(
    "values",
    "two blocks",
    [o.ids(3, 6, below=7), gpt_params(o, 7, 8, 16, 6, 2), {"heads": 4}],
    loss,
)
o.case(
    "values",
    "one token again and again",
    [torch.full((1, 6), 2, dtype=torch.int32), small, {"heads": 2}],
    loss,
)
o.case(
    "values",
    "large scores",
    [o.ids(2, 5, below=9), {**small, "tokens": small["tokens"] * 40}, {"heads": 2}],
    loss,
)
o.case("shapes", "texts of two tokens", [o.ids(2, 2, below=9), small, {"heads": 2}], loss)
tiny = gpt_params(o, 5, 4, 8, 5, 1)
o.case(
    "gradient",
    "all weights",
    [o.ids(2, 4, below=5), tiny, {"heads": 2}],
    loss,
    wrt=paths(tiny, 1),
    terms=10,
)
o.error("texts of one token", [o.ids(2, 1, below=9), small, {"heads": 2}], "texts")
o.error("texts of rank one", [o.ids(4, below=9), small, {"heads": 2}], "texts")
o.error(
    "an id past the table",
    [torch.tensor([[1, 9, 2]], dtype=torch.int32), small, {"heads": 2}],
    "texts",
)
o.save()
