"""balanceLoss: equations 4 to 6 of Switch (arXiv:2101.03961) over the tokens that count, one by
one, in float64; gradients by PyTorch's autograd.
"""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402

o = Oracle("balanceLoss")


def balance(logits, chosen, options=None):
    mask = (options or {}).get("mask", torch.ones(len(logits)))
    real = [n for n in range(len(logits)) if mask[n]]
    if not real:
        return torch.zeros((), dtype=torch.float64)
    E = logits.shape[1]
    total = sum(float(chosen[n].sum()) for n in real)
    loss = 0
    for e in range(E):
        f = sum(float(chosen[n, e]) for n in real) / total
        P = sum(torch.softmax(logits[n], 0)[e] for n in real) / len(real)
        loss = loss + E * f * P
    return loss


def choices(logits, k):
    chosen = torch.zeros_like(logits)
    return chosen.scatter(1, logits.topk(k).indices, 1.0)


x = o.normal(8, 4, scale=1.5)
o.case("values", "one choice per token", [x, choices(x, 1)], balance)
o.case("values", "two choices per token", [x, choices(x, 2), {}], balance)
skewed = o.normal(9, 3) + torch.tensor([4.0, 0.0, 0.0])
o.case("values", "nearly all want one expert", [skewed, choices(skewed, 1)], balance)
o.case("values", "the choice isn't the largest", [x, choices(o.normal(8, 4), 1)], balance)
mask = torch.tensor([1.0, 1, 0, 1, 1, 0, 0, 1])
o.case("values", "three tokens are padding", [x, choices(x, 2), {"mask": mask}], balance)
o.case("values", "all tokens count", [x, choices(x, 2), {"mask": torch.ones(8)}], balance)
o.case("values", "no token counts", [x, choices(x, 2), {"mask": torch.zeros(8)}], balance)
bad = torch.where(mask[:, None] == 0, torch.nan, x)
o.case("values", "padding holds NaN", [bad, choices(x, 2), {"mask": mask}], balance)
o.case("property", "all even", [torch.zeros(4, 4), torch.eye(4)], balance)
one = torch.eye(3)[torch.zeros(5, dtype=torch.long)]
o.case("property", "all to one", [one * 200, one], balance)
o.case("shapes", "one expert", [o.normal(4, 1), torch.ones(4, 1)], balance)
o.case("shapes", "one token", [x[:1], choices(x[:1], 2)], balance)
o.case("gradient", "the logits", [x, choices(x, 1)], balance, wrt=["0"])
o.case(
    "gradient", "the logits, with padding", [x, choices(x, 2), {"mask": mask}], balance, wrt=["0"]
)
o.error("logits of rank one", [o.normal(4), torch.ones(4)], "logits")
o.error("choices of other tokens", [x, choices(x, 1)[:7]], "chosen")
o.error("choices are int32", [x, choices(x, 1).to(torch.int32)], "chosen")
o.error("a mask of another length", [x, choices(x, 1), {"mask": torch.ones(7)}], "mask")
o.save()
