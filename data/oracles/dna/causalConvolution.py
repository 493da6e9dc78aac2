"""causalConvolution: torch's depthwise conv1d on a sequence with zeros before it, in float64."""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402

o = Oracle("causalConvolution")


def convolution(x, w, b=None):
    C, K = w.shape
    padded = torch.nn.functional.pad(x.transpose(1, 2), (K - 1, 0))
    return torch.nn.functional.conv1d(padded, w[:, None], b, groups=C).transpose(1, 2)


o.case("values", "three columns", [o.normal(2, 6, 4), o.normal(4, 3)], convolution, terms=5)
o.case(
    "values",
    "four columns and a bias",
    [o.normal(2, 7, 3), o.normal(3, 4), o.normal(3)],
    convolution,
    terms=5,
)
o.case(
    "values",
    "a longer sequence",
    [o.normal(1, 40, 5), o.normal(5, 4), o.normal(5)],
    convolution,
    terms=5,
)
o.case(
    "property",
    "the last column alone leaves the sequence as it is",
    [o.normal(1, 5, 2), torch.tensor([[0.0, 0, 1], [0, 0, 1]])],
    convolution,
)
o.case(
    "property",
    "the first of three columns delays by two",
    [o.normal(1, 5, 2), torch.tensor([[1.0, 0, 0], [1, 0, 0]])],
    convolution,
)
o.case("shapes", "one column", [o.normal(2, 3, 2), o.normal(2, 1)], convolution, terms=3)
o.case(
    "shapes", "one token", [o.normal(2, 1, 3), o.normal(3, 4), o.normal(3)], convolution, terms=3
)
o.case(
    "shapes", "more columns than tokens", [o.normal(1, 3, 2), o.normal(2, 7)], convolution, terms=5
)
o.case(
    "gradient",
    "by all three",
    [o.normal(2, 5, 3), o.normal(3, 3), o.normal(3)],
    convolution,
    wrt=["0", "1", "2"],
    terms=20,
)
o.case(
    "gradient",
    "without a bias",
    [o.normal(1, 6, 2), o.normal(2, 4)],
    convolution,
    wrt=["0", "1"],
    terms=20,
)
o.error("w has another number of channels", [o.normal(1, 4, 3), o.normal(2, 3)], "w")
o.error(
    "the bias has another number of channels", [o.normal(1, 4, 3), o.normal(3, 3), o.normal(2)], "b"
)
o.error("w has no columns", [o.normal(1, 4, 3), o.normal(3, 0)], "w")
o.error("x has no batch", [o.normal(4, 3), o.normal(3, 3)], "x")
o.save()
