"""fftConvolution: torch's own transform in float64, which agrees with torch's direct
convolution.
"""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402

o = Oracle("fftConvolution")


def convolution(u, k):
    B, C, T = u.shape
    if T == 0:
        return u.clone()
    y = torch.fft.irfft(torch.fft.rfft(u, 2 * T) * torch.fft.rfft(k, 2 * T), 2 * T)[..., :T]
    direct = torch.nn.functional.conv1d(
        torch.nn.functional.pad(u, (T - 1, 0)), k.flip(-1)[:, None], groups=C
    )
    assert torch.allclose(y, direct, atol=1e-10)
    return y


both = lambda B, C, T: [o.normal(B, C, T), o.normal(C, T)]
impulse = torch.zeros(2, 9)
impulse[0, 0], impulse[1, 3] = 1.0, -2.0
o.case("values", "eight tokens", both(2, 3, 8), convolution, terms=10)
o.case("values", "seven tokens", both(2, 3, 7), convolution, terms=10)
o.case("values", "a hundred tokens", both(1, 2, 100), convolution, terms=100)
o.case("values", "300 tokens", both(1, 1, 300), convolution, terms=300)
o.case(
    "values",
    "a filter that fades",
    [o.normal(1, 2, 40), torch.exp(-torch.arange(40) / 5).repeat(2, 1).float()],
    convolution,
    terms=10,
)
o.case("property", "a filter that delays", [o.normal(2, 2, 9), impulse], convolution, terms=5)
o.case("property", "a sequence of zeros", [torch.zeros(1, 2, 6), o.normal(2, 6)], convolution)
o.case("shapes", "one token", both(2, 3, 1), convolution, terms=3)
o.case("shapes", "one channel", both(1, 1, 5), convolution, terms=5)
o.case("shapes", "no tokens", [torch.zeros(2, 3, 0), torch.zeros(3, 0)], convolution)
o.case("gradient", "by both", both(2, 3, 7), convolution, wrt=["0", "1"], terms=20)
o.case("gradient", "by both, 33 tokens", both(2, 1, 33), convolution, wrt=["0", "1"], terms=60)
o.error("the filter is shorter", [o.normal(1, 2, 5), o.normal(2, 4)], "k")
o.error("the filter has another number of channels", [o.normal(1, 2, 5), o.normal(3, 5)], "k")
o.error("u has no batch", [o.normal(2, 5), o.normal(2, 5)], "u")
o.save()
