"""answerLoss: PyTorch's cross_entropy on the rows that count, picked out one by one, in float64;
where all rows are finite, transformers' shifted labels with −100 give the same.
"""

import pathlib
import sys

import torch
import torch.nn.functional as F
from transformers.loss.loss_utils import ForCausalLMLoss

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402

o = Oracle("answerLoss")


def loss(logits, ids, mask):
    B, T, V = logits.shape
    places = [(b, t) for b in range(B) for t in range(1, T) if float(mask[b, t]) != 0]
    if not places:
        return logits.new_zeros(())
    rows = torch.stack([logits[b, t - 1] for b, t in places])
    targets = torch.tensor([int(ids[b, t]) for b, t in places])
    found = F.cross_entropy(rows, targets)
    if logits.isfinite().all():
        labels = torch.where(mask != 0, ids, -100).long()
        peer = ForCausalLMLoss(logits, labels, V)
        assert abs((peer - found).item()) < 1e-5, (peer, found)  # it computes in float32
    return found


int32 = lambda rows: torch.tensor(rows, dtype=torch.int32)
logits, ids = o.normal(2, 5, 6, scale=2), o.ids(2, 5, below=6)
uneven = int32([[0, 0, 1, 1, 1], [0, 0, 0, 0, 1]])
o.case("values", "answers of different lengths", [logits, ids, uneven], loss)
o.case("values", "the mask is float32", [logits, ids, uneven.float()], loss)
o.case("values", "everything counts but the first", [logits, ids, torch.ones_like(ids)], loss)
holes = int32([[0, 1, 0, 1, 0], [1, 0, 0, 1, 0]])
o.case("values", "answers with questions between them", [logits, ids, holes], loss)
o.case("values", "one token counts", [logits, ids, int32([[0] * 5, [0, 0, 1, 0, 0]])], loss)
o.case("values", "the last token counts", [logits, ids, int32([[0, 0, 0, 0, 1], [0] * 5])], loss)
o.case("values", "the second token counts", [logits, ids, int32([[0, 1, 0, 0, 0], [0] * 5])], loss)
o.case("values", "logits of a thousand", [logits * 300, ids, uneven], loss)
never = logits.clone()
never[:, :, 3] = -torch.inf
other = torch.where(ids == 3, 2, ids).int()
o.case("values", "an impossible token that isn't the answer", [never, other, uneven], loss)
o.case(
    "property", "only the first token counts: 0", [logits, ids, int32([[1, 0, 0, 0, 0]] * 2)], loss
)
o.case("property", "none counts: 0", [logits, ids, torch.zeros_like(ids)], loss)
broken = logits.clone()
broken[0, 0], broken[0, 4], broken[1, :3], broken[1, 4] = (torch.nan,) * 4
o.case("property", "NaN where it doesn't count", [broken, ids, uneven], loss)
padded = ids.clone()
padded[0, 0], padded[1, 1] = -1, 99
o.case("property", "ids that aren't tokens where it doesn't count", [logits, padded, uneven], loss)
o.case("shapes", "one text", [logits[:1], ids[:1], uneven[:1]], loss)
o.case("shapes", "two tokens", [logits[:, :2], ids[:, :2], int32([[0, 1], [1, 1]])], loss)
o.case("shapes", "one token: 0", [logits[:, :1], ids[:, :1], int32([[1], [1]])], loss)
o.case("gradient", "logits", [logits, ids, uneven], loss, wrt=["0"])
o.error("ids of another length", [logits, ids[:, :4], uneven], "ids")
o.error("mask of another length", [logits, ids, uneven[:, :4]], "mask")
o.error("an answer's id isn't a token", [logits, torch.full_like(ids, 6), uneven], "ids")
o.save()
