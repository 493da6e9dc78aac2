"""logitLens: the hidden states of transformers' GPT2LMHeadModel through its own last norm and head.
The last hidden state that transformers returns has gone through the norm already.
"""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from decoders.model_peers import gpt2, gpt_params, paths  # noqa: E402
from oracle import Oracle  # noqa: E402

o = Oracle("logitLens")


def lens(ids, params, options):
    model = gpt2(params, options["heads"])
    out = model(ids.long(), output_hidden_states=True)
    early = [model.lm_head(model.transformer.ln_f(h)) for h in out.hidden_states[:-1]]
    return torch.stack([*early, out.logits])


small = gpt_params(o, 9, 8, 32, 6, 1)
deep = gpt_params(o, 12, 8, 16, 8, 3)
o.case("values", "one block", [o.ids(2, 4, below=9), small, {"heads": 2}], lens)
o.case("values", "three blocks of four heads", [o.ids(1, 6, below=12), deep, {"heads": 4}], lens)
o.case("values", "three texts", [o.ids(3, 8, below=12), deep, {"heads": 2}], lens)
o.case(
    "values", "as long as the table of positions", [o.ids(2, 6, below=9), small, {"heads": 2}], lens
)
o.case("shapes", "one token", [o.ids(3, 1, below=9), small, {"heads": 2}], lens)
o.case(
    "shapes",
    "no blocks",
    [o.ids(1, 3, below=5), gpt_params(o, 5, 4, 8, 4, 0), {"heads": 1}],
    lens,
)
tiny = gpt_params(o, 5, 4, 8, 4, 2)
o.case(
    "gradient",
    "all weights",
    [o.ids(2, 4, below=5), tiny, {"heads": 2}],
    lens,
    wrt=paths(tiny, 1),
    terms=60,
)
o.error(
    "an id past the table", [torch.tensor([[9]], dtype=torch.int32), small, {"heads": 2}], "ids"
)
o.error("longer than the table of positions", [o.ids(1, 7, below=9), small, {"heads": 2}], "length")
o.error("ids are floats", [torch.zeros(1, 3), small, {"heads": 2}], "ids")
o.error("heads do not divide the width", [o.ids(1, 3, below=9), small, {"heads": 3}], "heads")
o.save()
