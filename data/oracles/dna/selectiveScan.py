"""selectiveScan: transformers' scan in float64, which agrees with algorithm 2 of the Mamba paper,
a token at a time.
"""

import pathlib
import sys

import torch
from transformers.models.mamba.modeling_mamba import mamba_selective_scan

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402

o = Oracle("selectiveScan")
torch.Tensor.float = (
    torch.Tensor.double
)  # transformers goes down to float32 between its steps; here it stays in float64


def algorithm(u, delta, a, b, c, skip):
    B, T, C = u.shape
    h, outputs = torch.zeros(B, C, a.shape[1], dtype=u.dtype), []
    for t in range(T):
        step = delta[:, t, :, None]
        h = torch.exp(step * a) * h + step * b[:, t, None, :] * u[:, t, :, None]
        outputs.append((h * c[:, t, None, :]).sum(-1) + skip * u[:, t])
    return torch.stack(outputs, 1)


def scan(u, delta, a, b, c, skip):
    if u.shape[1] == 0:
        return u.clone()
    features_first = lambda x: x.transpose(1, 2)
    y = features_first(
        mamba_selective_scan(
            *map(features_first, (u, delta)), a, *map(features_first, (b, c)), D=skip
        )
    )
    assert torch.allclose(y, algorithm(u, delta, a, b, c, skip), atol=1e-9)
    return y


def inputs(B, T, C, n):
    return [
        o.normal(B, T, C),
        o.uniform(B, T, C, low=0.05, high=1.0),
        -o.uniform(C, n, low=0.2, high=3.0),
        o.normal(B, T, n),
        o.normal(B, T, n),
        o.normal(C),
    ]


o.case("values", "six tokens", inputs(2, 6, 3, 4), scan, terms=10)
o.case("values", "33 tokens", inputs(1, 33, 2, 3), scan, terms=20)
o.case("values", "1,500 tokens", inputs(1, 1500, 1, 2), scan, terms=20)
quiet = inputs(1, 8, 2, 2)
quiet[1][:, 3:] = 1e-6
o.case("property", "steps of almost nothing keep the state", quiet, scan, terms=10)
bold = inputs(1, 8, 2, 2)
bold[1] += 40.0
o.case("property", "large steps forget", bold, scan, terms=100)
o.case("shapes", "one token", inputs(2, 1, 3, 2), scan, terms=10)
o.case("shapes", "one channel, one state", inputs(1, 5, 1, 1), scan, terms=10)
o.case("shapes", "no tokens", inputs(2, 0, 3, 2), scan)
everything = ["0", "1", "2", "3", "4", "5"]
o.case("gradient", "by everything", inputs(2, 5, 3, 2), scan, wrt=everything, terms=40)
o.case("gradient", "19 tokens", inputs(1, 19, 2, 2), scan, wrt=everything, terms=60)
for i, name in ((1, "delta"), (3, "b"), (4, "c"), (5, "skip")):
    bad = inputs(1, 4, 3, 2)
    bad[i] = o.normal(*bad[i].shape[:-1], bad[i].shape[-1] + 1)
    o.error(f"{name} does not fit", bad, name)
o.save()
