"""flashBackward: autograd through torch's scaled_dot_product_attention and logsumexp in float64."""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402
from shared.attention_peers import flash  # noqa: E402

o = Oracle("flashBackward")


def backward(q, k, v, result, dy, options=None):
    """result is what the forward pass gives: autograd makes it again."""
    with torch.enable_grad():
        q, k, v = (x.detach().clone().requires_grad_() for x in (q, k, v))
        again = flash(q, k, v, options)
        assert torch.allclose(again["output"], result["output"].double(), atol=1e-5)
        total = (again["output"] * dy["output"]).sum() + (
            again["logSumExp"] * dy["logSumExp"]
        ).sum()
    return dict(zip(("dq", "dk", "dv"), torch.autograd.grad(total, (q, k, v))))


def args(B, H, T, S, D, options=None):
    q, k, v = o.normal(B, H, T, D), o.normal(B, H, S, D), o.normal(B, H, S, D)
    result = {
        name: x.float() for name, x in flash(q.double(), k.double(), v.double(), options).items()
    }
    dy = {"output": o.normal(B, H, T, D), "logSumExp": o.normal(B, H, T)}
    return [q, k, v, result, dy, *([options] if options else [])]


def blind(q, k, v, result, dy, options):
    """Causal with more queries than keys: the first T - S queries see nothing, and nothing comes
    back from them.
    """
    first = q.shape[2] - k.shape[2]
    seeing = [{name: x[:, :, first:] for name, x in part.items()} for part in (result, dy)]
    grads = backward(q[:, :, first:], k, v, *seeing, options)
    return {**grads, "dq": torch.cat([torch.zeros_like(q[:, :, :first]), grads["dq"]], 2)}


small = {"blockQ": 3, "blockK": 4}
o.case("values", "two heads, one tile", args(2, 2, 5, 7, 8), backward, terms=10)
o.case("values", "tiles that divide nothing", args(2, 2, 7, 10, 4, small), backward, terms=10)
o.case(
    "values",
    "one query and one key at a time",
    args(1, 2, 3, 5, 4, {"blockQ": 1, "blockK": 1}),
    backward,
    terms=10,
)
o.case("values", "causal", args(1, 2, 9, 9, 4, {"causal": True, **small}), backward, terms=10)
o.case(
    "values",
    "causal, the last 5 of 12",
    args(1, 2, 5, 12, 4, {"causal": True, "blockQ": 2, "blockK": 5}),
    backward,
    terms=10,
)
o.case("values", "scale 0.3", args(1, 2, 5, 6, 4, {"scale": 0.3, **small}), backward, terms=10)
o.case("shapes", "one query, one key, width one", args(1, 1, 1, 1, 1), backward, terms=10)
o.error(
    "result belongs to fewer queries",
    [*args(1, 1, 3, 3, 2)[:3], args(1, 1, 2, 3, 2)[3], args(1, 1, 3, 3, 2)[4]],
    "result",
)
o.error("no queries in a tile", [*args(1, 1, 3, 3, 2), {"blockQ": 0}], "blockQ")
tiles = {"causal": True, "blockQ": 2, "blockK": 2}
o.case(
    "property",
    "causal, more queries than keys: the first see nothing",
    args(1, 2, 8, 3, 4, tiles),
    blind,
    terms=10,
)
o.case(
    "values",
    "scale 0: the mean",
    args(1, 1, 4, 6, 4, {"scale": 0, **small}),
    backward,
    terms=10,
)
o.case(
    "values",
    "scale 0.3 and nothing else",
    args(1, 2, 5, 6, 4, {"scale": 0.3}),
    backward,
    terms=10,
)
o.case(
    "values",
    "causal and nothing else",
    args(1, 2, 5, 7, 4, {"causal": True}),
    backward,
    terms=10,
)
o.case(
    "values",
    "causal is false",
    args(1, 2, 5, 5, 4, {"causal": False, **small}),
    backward,
    terms=10,
)
o.case(
    "values",
    "blockQ and nothing else",
    args(1, 2, 7, 5, 4, {"blockQ": 3}),
    backward,
    terms=10,
)
o.case(
    "values",
    "blockK and nothing else",
    args(1, 2, 5, 7, 4, {"blockK": 3}),
    backward,
    terms=10,
)
o.save()
