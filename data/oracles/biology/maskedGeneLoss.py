"""maskedGeneLoss: the weighted mean of its docstring over the hidden places, in float64; gradients
by PyTorch's autograd.
"""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402

o = Oracle("maskedGeneLoss")


def loss(predicted, values, mask, zero_weight=1.0):
    hidden = mask.bool()
    p, v = predicted[hidden], values[hidden]
    w = torch.where(v == 0, zero_weight, 1.0).double()
    if w.sum() == 0:
        return (predicted * 0).nansum()
    return torch.nn.functional.mse_loss(p, v, reduction="none").mul(w).sum() / w.sum()


def cell_values(B, G, zeros=0.5):
    v = o.uniform(B, G, low=0.5, high=4)
    return torch.where(o.uniform(B, G) < zeros, torch.zeros(()), v)


def mask(B, G, share=0.4):
    return (o.uniform(B, G) < share).float()


def args(B=4, G=7):
    return [o.normal(B, G, mean=1), cell_values(B, G), mask(B, G)]


o.case("values", "some genes are hidden", args(), loss)
o.case("values", "zeros count a quarter", [*args(), 0.25], loss)
o.case("values", "zeros count nothing", [*args(), 0], loss)
o.case("values", "zeros count three times", [*args(3, 9), 3], loss)
o.case("values", "zeroWeight is 1", [*args(), 1], loss)
uneven = torch.tensor([[1, 1, 1, 1], [1, 0, 0, 0]]).float()
o.case(
    "values",
    "one cell hides more than the other",
    [o.normal(2, 4), cell_values(2, 4, 0), uneven],
    loss,
)
o.case("values", "the mask is bool", [o.normal(3, 5), cell_values(3, 5), mask(3, 5).bool()], loss)
o.case("values", "the mask is int32", [o.normal(3, 5), cell_values(3, 5), mask(3, 5).int()], loss)
o.case(
    "values", "everything is hidden", [o.normal(3, 5), cell_values(3, 5), torch.ones(3, 5)], loss
)
o.case(
    "property", "nothing is hidden", [o.normal(3, 5), cell_values(3, 5), torch.zeros(3, 5)], loss
)
zeros = torch.zeros(2, 4)
o.case(
    "property",
    "only zeros are hidden, and they count nothing",
    [o.normal(2, 4), zeros, torch.ones(2, 4), 0],
    loss,
)
p, v, m = args()
wild = torch.where(m.bool(), p, torch.tensor(torch.inf))
o.case("property", "predictions are infinite where nothing is hidden", [wild, v, m], loss)
wild = torch.where(m.bool(), p, torch.tensor(torch.nan))
o.case("property", "predictions are NaN where nothing is hidden", [wild, v, m, 0.5], loss)
o.case("property", "a perfect prediction", [v, v, m], loss)
o.case(
    "shapes", "one cell, one gene", [o.normal(1, 1), cell_values(1, 1, 0), torch.ones(1, 1)], loss
)
o.case("gradient", "predicted", args(), loss, wrt=["0"])
o.case("gradient", "predicted, zeros count a quarter", [*args(), 0.25], loss, wrt=["0"])
o.error("values of another shape", [o.normal(3, 5), o.normal(5, 3), torch.ones(3, 5)], "values")
o.error("a mask for one cell", [o.normal(3, 5), o.normal(3, 5), torch.ones(5)], "mask")
o.error("predicted of rank one", [o.normal(5), o.normal(5), torch.ones(5)], "predicted")
o.error(
    "zeroWeight is negative", [o.normal(3, 5), o.normal(3, 5), torch.ones(3, 5), -1], "zeroWeight"
)
o.save()
