"""loraLinear: PyTorch's linear layer with the change added to its matrix, in float64; gradients by
autograd. So no case shares the order of the products with the course's function.
"""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402

o = Oracle("loraLinear")


def lora(x, w, adapter, options=None):
    options = options or {}
    a, b = adapter["a"], adapter["b"]
    rank = a.shape[1]
    alpha = options.get("alpha", rank)
    whole = w + (alpha / rank) * torch.einsum("cr,rd->cd", a, b)
    return torch.nn.functional.linear(x, whole.T, options.get("bias"))


def adapter(C, D, r):
    return {"a": o.normal(C, r, scale=C**-0.5), "b": o.normal(r, D, scale=0.5)}


def args(shape, D, r, **options):
    C = shape[-1]
    return [o.normal(*shape), o.normal(C, D, scale=C**-0.5), adapter(C, D, r), options]


o.case("values", "rank two of six", args((2, 3, 6), 5, 2), lora)
o.case("values", "alpha is 16", args((4, 6), 8, 4, alpha=16), lora)
o.case("values", "rank one, alpha 3", args((4, 6), 3, 1, alpha=3), lora)
o.case("values", "with a bias", args((2, 3, 6), 5, 3, bias=o.normal(5)), lora)
o.case("values", "a bias and alpha", args((5, 4), 7, 2, bias=o.normal(7), alpha=1), lora)
o.case("values", "alpha is below zero", args((4, 6), 4, 2, alpha=-2), lora)
o.case("values", "no options", args((3, 4), 4, 2)[:3], lora)
o.case(
    "property", "alpha is 0: the base alone", args((4, 6), 5, 2, alpha=0, bias=o.normal(5)), lora
)
start = args((2, 3, 6), 5, 4, alpha=8)
start[2] = {"a": start[2]["a"], "b": torch.zeros(4, 5)}
o.case("property", "b is 0: starts as the base", start, lora)
o.case("shapes", "one token", args((6,), 4, 2), lora)
o.case("shapes", "four axes", args((2, 1, 3, 4), 5, 2), lora)
o.case("shapes", "the rank is over the width", args((3, 2), 3, 5, alpha=5), lora)
o.case("shapes", "no tokens", args((0, 4), 3, 2, bias=o.normal(3)), lora)
o.case(
    "gradient",
    "everything",
    args((2, 3, 4), 5, 2, alpha=3, bias=o.normal(5)),
    lora,
    wrt=["0", "1", "2.a", "2.b", "3.bias"],
)
at_start = args((3, 4), 5, 2)
at_start[2] = {"a": at_start[2]["a"], "b": torch.zeros(2, 5)}
o.case("gradient", "at the start, b = 0", at_start, lora, wrt=["2.a", "2.b"])
o.error("w has another width", [o.normal(2, 4), o.normal(5, 3), adapter(4, 3, 2)], "w")
o.error("a has another width", [o.normal(2, 4), o.normal(4, 3), adapter(5, 3, 2)], "a [4")
o.error("b has another width", [o.normal(2, 4), o.normal(4, 3), adapter(4, 5, 2)], "b [2")
ranks = {"a": o.normal(4, 2), "b": o.normal(3, 3)}
o.error("a and b differ in rank", [o.normal(2, 4), o.normal(4, 3), ranks], "b [2")
long_bias = args((2, 4), 3, 2, bias=o.normal(4))
o.error("bias has another length", long_bias, "bias")
o.save()
