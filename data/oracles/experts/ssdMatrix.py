"""ssdMatrix: the recurrence, run once for each input place with a unit input, in float64; its
answers are the columns of the matrix. Gradients by PyTorch's autograd.
"""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402

o = Oracle("ssdMatrix")


def matrix(decay, b, c):
    B, H, T, n = b.shape
    columns = []
    for s in range(T):
        h = torch.zeros(B, H, n, dtype=torch.float64)
        column = []
        for t in range(T):
            h = h * decay[:, :, t, None].exp() if t > s else torch.zeros_like(h)
            if t == s:
                h = h + b[:, :, t]
            column.append((c[:, :, t] * h).sum(-1))
        columns.append(torch.stack(column, -1))  # [B, H, T], what a unit input at s gives
    return torch.stack(columns, -1)


def args(B, H, T, n, scale=1.0):
    return [-scale * o.uniform(B, H, T), o.normal(B, H, T, n), o.normal(B, H, T, n)]


o.case("values", "one head", args(1, 1, 6, 3), matrix)
o.case("values", "two texts and two heads", args(2, 2, 5, 4), matrix)
o.case("values", "states fade fast", args(1, 2, 12, 3, 40.0), matrix)
o.case("values", "decays of hundreds", args(1, 1, 9, 2, 500.0), matrix)
decay, b, c = args(2, 1, 7, 3)
o.case("values", "nothing fades", [torch.zeros(2, 1, 7), b, c], matrix)
reset = decay.clone()
reset[0, 0, 3] = -torch.inf
reset[1, 0, 1] = -torch.inf
reset[1, 0, 5] = -torch.inf
o.case("values", "a decay of −∞ forgets all that came before", [reset, b, c], matrix)
first = decay.clone()
first[:, :, 0] = -torch.inf
o.case("values", "the first decay is −∞", [first, b, c], matrix)
o.case("values", "all is forgotten at each step", [torch.full((2, 1, 7), -torch.inf), b, c], matrix)
o.case("shapes", "one token", args(2, 3, 1, 4), matrix)
o.case("shapes", "one number per state", args(1, 2, 5, 1), matrix)
o.case("gradient", "decay, b and c", args(1, 2, 5, 3), matrix, wrt=["0", "1", "2"])
o.error("decay of rank two", [decay[0], b, c], "decay")
o.error("b of another length", [decay, b[:, :, :5], c], "b")
o.error("c with other states", [decay, b, c[..., :2]], "c")
o.save()
