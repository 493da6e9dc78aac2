"""nudgeBias: algorithm 1 of Wang et al. 2024 (arXiv:2408.15664), expert by expert, in float64."""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402

o = Oracle("nudgeBias")


def nudge(bias, chosen, rate):
    load = [float(c) for c in chosen.sum(0)]
    mean = sum(load) / len(load)
    moves = [rate if c < mean else -rate if c > mean else 0.0 for c in load]
    return bias + torch.tensor(moves, dtype=torch.float64)


def choices(N, E, k):
    return torch.zeros(N, E).scatter(1, o.uniform(N, E).topk(k).indices, 1.0)


o.case("values", "one choice per token", [o.normal(4, scale=0.1), choices(9, 4, 1), 0.01], nudge)
o.case("values", "two choices per token", [o.normal(6, scale=0.1), choices(11, 6, 2), 0.05], nudge)
one = torch.zeros(6, 3)
one[:, 1] = 1
o.case("values", "all go to one expert", [torch.zeros(3), one, 0.1], nudge)
o.case(
    "values",
    "a load is exactly the mean",
    [
        o.normal(3),
        torch.tensor([[1.0, 1, 0]] * 1 + [[1.0, 0, 0], [0, 1, 1], [1, 0, 0], [0, 0, 1]]),
        0.1,
    ],
    nudge,
)
o.case("values", "all loads are equal", [o.normal(4), torch.eye(4), 0.1], nudge)
o.case("values", "the rate is 0", [o.normal(3), one, 0], nudge)
o.case("shapes", "one expert", [o.normal(1), torch.ones(5, 1), 0.1], nudge)
o.case("shapes", "one token", [o.normal(4), choices(1, 4, 1), 0.1], nudge)
o.error("choices of other experts", [torch.zeros(4), one, 0.1], "chosen")
o.error("a bias of rank two", [torch.zeros(1, 3), one, 0.1], "bias")
o.error("a rate below zero", [torch.zeros(3), one, -0.1], "rate")
o.save()
