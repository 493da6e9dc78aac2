"""padLeft: PyTorch's pad_sequence on the left, and transformers' 4D mask and positions for the
attention_mask that it gives. transformers' GPT-2 shows that they are right: in float64, each text
gets in the batch what it gets alone.
"""

import pathlib
import sys

import torch
from torch.nn.utils.rnn import pad_sequence
from transformers.masking_utils import and_masks, causal_mask_function, padding_mask_function

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from model_peers import gpt2, gpt_params  # noqa: E402
from oracle import Oracle  # noqa: E402

o = Oracle("padLeft")
params = gpt_params(o, 12, 8, 16, 8, 2)


def pad_left(texts, pad):
    rows = [torch.tensor(text, dtype=torch.int32) for text in texts]
    pad_to = lambda rows, value: pad_sequence(
        rows, batch_first=True, padding_value=value, padding_side="left"
    )
    ids, there = pad_to(rows, pad), pad_to([torch.ones_like(row) for row in rows], 0)
    positions = (there.cumsum(-1) - 1).clamp(min=0)
    B, T = ids.shape
    allowed = and_masks(causal_mask_function, padding_mask_function(there.bool()))
    axes = [torch.arange(n) for n in (B, 1, T, T)]
    mask = allowed(*torch.meshgrid(*axes, indexing="ij")).float()
    alike(rows, ids, there, positions)
    return {"ids": ids, "positions": positions.int(), "mask": mask}


@torch.no_grad()
def alike(rows, ids, there, positions):
    model = gpt2(double(params), 2)
    batch = model(ids.long(), attention_mask=there, position_ids=positions).logits[:, -1]
    for row, scores in zip(rows, batch, strict=True):
        torch.testing.assert_close(scores, model(row[None].long()).logits[0, -1])


def double(value):
    if isinstance(value, torch.Tensor):
        return value.double()
    if isinstance(value, dict):
        return {key: double(v) for key, v in value.items()}
    return [double(v) for v in value]


texts = lambda *lengths: [[int(i) for i in o.ids(n, below=12)] for n in lengths]
o.case("values", "three texts, the longest in the middle", [texts(2, 6, 4), 0], pad_left)
o.case("values", "the padding's id in the texts", [[[7, 1, 7], [7], [2, 7, 7, 3, 4]], 7], pad_left)
o.case("values", "the same length", [texts(3, 3), 0], pad_left)
o.case("values", "many texts", [texts(1, 2, 3, 4, 5, 6, 7, 8), 11], pad_left)
o.case("shapes", "one text", [texts(5), 3], pad_left)
o.case("shapes", "one token each", [texts(1, 1, 1), 0], pad_left)
o.error("an empty text", [[[1], [], [2]], 0], "texts[1]")
o.error("no texts", [[], 0], "texts")
o.save()
