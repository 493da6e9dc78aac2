"""mixExperts: PyTorch's modules, one token and one expert at a time, in float64; gradients by
PyTorch's autograd.
"""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402

o = Oracle("mixExperts")


def mix(x, gates, p, tokens):
    rows = []
    for n in range(len(x)):
        row = torch.zeros_like(x[n])
        for e, own in enumerate(tokens):
            if n in own:
                hidden = torch.nn.functional.linear(x[n], p["w1"][e].T, p["b1"][e])
                hidden = torch.nn.functional.gelu(hidden, approximate="tanh")
                row = row + gates[n, e] * torch.nn.functional.linear(
                    hidden, p["w2"][e].T, p["b2"][e]
                )
        rows.append(row)
    return torch.stack(rows)


def weights(E, C, F):
    return {
        "w1": o.normal(E, C, F, scale=C**-0.5),
        "b1": o.normal(E, F, scale=0.3),
        "w2": o.normal(E, F, C, scale=F**-0.5),
        "b2": o.normal(E, C, scale=0.3),
    }


def gates(N, E, tokens):
    g = torch.zeros(N, E)
    for e, own in enumerate(tokens):
        for n in own:
            g[n, e] = float(o.uniform(1, low=0.1)[0])
    return g


def case(group, title, tokens, N, C, F, **more):
    E = len(tokens)
    o.case(
        group, title, [o.normal(N, C), gates(N, E, tokens), weights(E, C, F), tokens], mix, **more
    )


case("values", "one expert per token", [[0, 3], [1, 4, 5], [2]], 6, 4, 6)
case("values", "two experts per token", [[0, 1, 3], [1, 2], [0, 2, 3]], 4, 5, 3)
case("values", "one expert has all tokens", [[0, 1, 2, 3, 4]], 5, 4, 8)
case("values", "an expert is idle", [[0, 2], [], [1, 3]], 4, 4, 6)
case("values", "some tokens were dropped", [[1], [4]], 6, 4, 6)
case("values", "all tokens were dropped", [[], []], 3, 4, 6)
case("values", "the first expert is idle", [[], [2, 0, 1]], 3, 3, 2)
case("shapes", "one token", [[], [0], []], 1, 4, 6)
case("shapes", "one feature", [[0, 1], [2]], 3, 1, 4)
every = ["0", "1", "2.w1", "2.b1", "2.w2", "2.b2"]
case("gradient", "x, gates and weights", [[0, 1, 3], [], [1, 2]], 4, 3, 4, wrt=every)
p = weights(2, 4, 6)
lists = [[0], [1, 2]]
o.error("x has another width", [o.normal(3, 5), gates(3, 2, lists), p, lists], "w1")
o.error("gates of other tokens", [o.normal(3, 4), gates(4, 2, lists), p, lists], "gates")
o.error(
    "weights of three experts", [o.normal(3, 4), gates(3, 2, lists), weights(3, 4, 6), lists], "w1"
)
o.error(
    "b2 is wide", [o.normal(3, 4), gates(3, 2, lists), {**p, "b2": o.normal(2, 6)}, lists], "b2"
)
o.error("three lists", [o.normal(3, 4), gates(3, 2, lists), p, [[0], [1], [2]]], "tokens")
o.error("a token of another batch", [o.normal(3, 4), gates(3, 2, lists), p, [[0], [3]]], "tokens")
o.save()
