"""logitAttribution: gradient × input by PyTorch's autograd, through a norm whose scale is detached.
Asserts that the contributions add up to the difference of logits behind torch's own layer norm.
"""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402

o = Oracle("logitAttribution")


def attribute(parts, params, right, wrong):
    tokens, gamma, beta = params["tokens"], params["norm"]["gamma"], params["norm"]["beta"]
    right, wrong, C = right.long(), wrong.long(), tokens.shape[1]
    rows = torch.arange(len(right))
    with torch.enable_grad():
        split = parts.detach().clone().requires_grad_(True)
        stream = split.sum(0)
        scale = (stream.var(-1, unbiased=False, keepdim=True) + 1e-5).sqrt().detach()
        logits = ((stream - stream.mean(-1, keepdim=True)) / scale * gamma) @ tokens.T
        difference = logits[rows, right] - logits[rows, wrong]
        (slope,) = torch.autograd.grad(difference.sum(), split)
    bias = (beta @ tokens.T)[right] - (beta @ tokens.T)[wrong]
    result = {"parts": (slope * parts).sum(-1), "bias": bias}
    full = torch.nn.functional.layer_norm(parts.sum(0), (C,), gamma, beta) @ tokens.T
    total = result["parts"].sum(0) + bias
    assert torch.allclose(total, full[rows, right] - full[rows, wrong], atol=1e-9)
    return result


def model(V, C):
    norm = {"gamma": o.normal(C, scale=0.3, mean=1.0), "beta": o.normal(C, scale=0.3)}
    return {"tokens": o.normal(V, C), "norm": norm}


ids = lambda *values: torch.tensor(values, dtype=torch.int32)
o.case(
    "values",
    "five parts, two texts",
    [o.normal(5, 2, 8), model(6, 8), ids(0, 3), ids(5, 1)],
    attribute,
)
o.case(
    "values",
    "parts off zero",
    [o.normal(4, 3, 6, mean=2.0), model(5, 6), ids(0, 1, 4), ids(1, 2, 0)],
    attribute,
)
o.case(
    "values",
    "a small stream, where eps counts",
    [o.normal(3, 2, 4, scale=1e-3), model(5, 4), ids(1, 2), ids(0, 4)],
    attribute,
)
large = o.normal(3, 1, 8)
large[1] *= 20
o.case(
    "values", "one part is twenty times as large", [large, model(6, 8), ids(2), ids(4)], attribute
)
half = o.normal(3, 2, 6)
o.case(
    "values",
    "two parts nearly cancel",
    [torch.cat([half, -0.9 * half[:1]]), model(5, 6), ids(1, 0), ids(2, 3)],
    attribute,
)
o.case(
    "property",
    "right is wrong: all are zero",
    [o.normal(3, 2, 4), model(5, 4), ids(1, 2), ids(1, 2)],
    attribute,
)
o.case(
    "shapes",
    "one part is the whole stream",
    [o.normal(1, 2, 4), model(5, 4), ids(1, 2), ids(0, 0)],
    attribute,
)
o.case("shapes", "one text", [o.normal(6, 1, 4), model(3, 4), ids(2), ids(0)], attribute)
ok = model(5, 4)
o.error("parts have another width", [o.normal(3, 2, 6), ok, ids(1, 2), ids(0, 0)], "parts")
o.error("an id past the table", [o.normal(3, 2, 4), ok, ids(1, 5), ids(0, 0)], "right")
o.error("a negative id", [o.normal(3, 2, 4), ok, ids(1, 2), ids(0, -1)], "wrong")
o.error("ids for another number of texts", [o.normal(3, 2, 4), ok, ids(1, 2), ids(0)], "wrong")
o.error("ids are floats", [o.normal(3, 2, 4), ok, o.normal(2), ids(0, 1)], "right")
o.save()
