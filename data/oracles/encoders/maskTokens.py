"""maskTokens: transformers' DataCollatorForLanguageModeling, whose random draws are replaced by
the given noise.
"""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from unittest.mock import patch  # noqa: E402

from oracle import Oracle  # noqa: E402
from transformers import DataCollatorForLanguageModeling  # noqa: E402

o = Oracle("maskTokens")


class Specials:
    """What the collator asks of a tokenizer."""

    mask_token, pad_token, all_special_ids = "[MASK]", "[PAD]", []

    def __init__(self, options, vocabulary):
        self.options, self.vocabulary = options, vocabulary

    def convert_tokens_to_ids(self, _):
        return self.options["maskId"]

    def get_special_tokens_mask(self, ids, already_has_special_tokens):
        return [int(i in self.options["specials"]) for i in ids]

    def __len__(self):
        return self.vocabulary


def mask(ids, noise, options):
    collator = DataCollatorForLanguageModeling(
        Specials(options, 1000), mlm_probability=options.get("rate", 0.15)
    )
    draws = iter(
        [noise["choose"], noise["kind"], (noise["kind"] - 0.8) / 0.2]
    )  # whether chosen, whether hidden, whether replaced of what is left
    with (
        patch("torch.bernoulli", lambda p, generator=None: (next(draws) < p).double()),
        patch("torch.randint", lambda *_, **__: noise["replacement"].long()),
    ):
        inputs, labels = collator.torch_mask_tokens(ids.long())
    return {"inputs": inputs.int(), "labels": labels.int()}


def noise(*shape):
    return {
        "choose": o.uniform(*shape),
        "kind": o.uniform(*shape),
        "replacement": o.ids(*shape, below=50),
    }


framed = lambda ids: torch.cat(
    [torch.full((len(ids), 1), 1), ids + 5, torch.full((len(ids), 1), 2)], 1
).int()
o.case(
    "values",
    "rate 0.15",
    [framed(o.ids(4, 30, below=40)), noise(4, 32), {"maskId": 3, "specials": [0, 1, 2, 3]}],
    mask,
)
o.case(
    "values",
    "rate 0.5",
    [
        framed(o.ids(3, 20, below=40)),
        noise(3, 22),
        {"maskId": 3, "specials": [0, 1, 2, 3], "rate": 0.5},
    ],
    mask,
)
o.case(
    "values",
    "every token that is no special",
    [framed(o.ids(2, 10, below=40)), noise(2, 12), {"maskId": 4, "specials": [1, 2], "rate": 1}],
    mask,
)
o.case(
    "property",
    "rate 0 changes nothing",
    [framed(o.ids(2, 6, below=40)), noise(2, 8), {"maskId": 3, "specials": [1, 2], "rate": 0}],
    mask,
)
o.case(
    "shapes",
    "one token, no specials",
    [torch.tensor([[7]], dtype=torch.int32), noise(1, 1), {"maskId": 3, "specials": [], "rate": 1}],
    mask,
)
o.error(
    "noise for another batch",
    [framed(o.ids(2, 6, below=40)), noise(1, 8), {"maskId": 3, "specials": []}],
    "choose",
)
o.error(
    "a rate over 1",
    [framed(o.ids(1, 2, below=40)), noise(1, 4), {"maskId": 3, "specials": [], "rate": 15}],
    "rate",
)
even = {
    "choose": torch.tensor([[0.5, 0.25, 0.5, 0.75]]),
    "kind": torch.zeros(1, 4),
    "replacement": o.ids(1, 4, below=50),
}
o.case(
    "values",
    "choose is the rate itself",
    [
        torch.tensor([[10, 11, 12, 13]], dtype=torch.int32),
        even,
        {"maskId": 3, "specials": [], "rate": 0.5},
    ],
    mask,
)
o.case(
    "values",
    "the mask is id 0",
    [framed(o.ids(2, 20, below=40)), noise(2, 22), {"maskId": 0, "specials": [1, 2], "rate": 0.5}],
    mask,
)
o.save()
