"""route: the words of its docstring token by token, with Python's stable sort, in float64;
gradients by PyTorch's autograd.
"""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402

o = Oracle("route")


def route(logits, k, options=None):
    options = options or {}
    p = logits.softmax(-1)
    N, E = logits.shape
    bias = options.get("bias", torch.zeros(E))
    orders = [sorted(range(E), key=lambda e: -float(row[e])) for row in p.detach() + bias]
    gates, chosen = torch.zeros(N, E, dtype=p.dtype), torch.zeros(N, E, dtype=p.dtype)
    taken = [0] * E
    for choice in range(k):
        for n in range(N):
            e = orders[n][choice]
            chosen[n, e] = 1
            if taken[e] < options.get("capacity", N):
                taken[e] += 1
                gates[n, e] = 1
    return {"gates": gates * p, "chosen": chosen}


logits = o.normal(7, 4, scale=1.5)
o.case("values", "one of four experts", [logits, 1], route)
o.case("values", "two of four experts", [logits, 2, {}], route)
o.case("values", "all experts", [o.normal(3, 4), 4], route)
skewed = o.normal(9, 4) + torch.tensor([2.5, 0.0, 0.0, 0.0])
o.case("values", "three places for the expert that all want", [skewed, 1, {"capacity": 3}], route)
o.case("values", "second choices wait", [skewed, 2, {"capacity": 4}], route)
o.case("values", "three choices and few places", [o.normal(8, 5), 3, {"capacity": 4}], route)
o.case("values", "no places at all", [logits, 2, {"capacity": 0}], route)
o.case("values", "more places than tokens", [logits, 2, {"capacity": 20}], route)
o.case(
    "values",
    "a bias moves choices",
    [logits, 1, {"bias": torch.tensor([0.0, 0.6, -0.9, 0.1])}],
    route,
)
o.case(
    "values",
    "a bias against the favorite, with two places",
    [skewed, 2, {"bias": torch.tensor([-2.0, 0.0, 0.1, 0.0]), "capacity": 2}],
    route,
)
o.case("values", "a bias of zeros", [logits, 2, {"bias": torch.zeros(4)}], route)
o.case("property", "ties", [torch.zeros(5, 4), 2], route)
o.case("property", "ties with two places", [torch.zeros(5, 4), 1, {"capacity": 2}], route)
o.case(
    "property", "some ties", [torch.tensor([[1.0, 2, 2, 0], [3, 3, 3, 3], [0, 1, 0, 1]]), 2], route
)
closed = logits.clone()
closed[:, 1] = -torch.inf
o.case("values", "an expert is closed for all", [closed, 2], route)
o.case("shapes", "one expert", [o.normal(4, 1), 1], route)
o.case("shapes", "one token", [o.normal(1, 6), 2], route)
o.case("gradient", "the logits", [logits, 2], route, wrt=["0"], output="gates")
o.case(
    "gradient",
    "the logits, with a bias and two places",
    [skewed, 2, {"bias": torch.tensor([-0.5, 0.0, 0.2, 0.0]), "capacity": 2}],
    route,
    wrt=["0"],
    output="gates",
)
o.error("logits of rank three", [o.normal(2, 3, 4), 1], "logits")
o.error("no expert per token", [logits, 0], "k")
o.error("more choices than experts", [logits, 5], "k")
o.error("half an expert", [logits, 1.5], "k")
o.error("a capacity below zero", [logits, 1, {"capacity": -1}], "capacity")
o.error("a capacity of a half", [logits, 1, {"capacity": 0.5}], "capacity")
o.error("a bias of another length", [logits, 1, {"bias": o.normal(3)}], "bias")
o.save()
