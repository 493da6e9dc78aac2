"""headScores: the definitions of its docstring, place by place, in float64."""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402

o = Oracle("headScores")


def scores(weights, ids):
    found = {"previous": [], "duplicate": [], "induction": []}
    for b, text in enumerate(ids.tolist()):
        last = {}
        for t, token in enumerate(text):
            if t > 0:
                found["previous"].append(weights[b, :, t, t - 1])
            if token in last:
                found["duplicate"].append(weights[b, :, t, last[token]])
                found["induction"].append(weights[b, :, t, last[token] + 1])
            last[token] = t
    none = torch.zeros(weights.shape[1], dtype=torch.float64)
    return {name: torch.stack(rows).mean(0) if rows else none for name, rows in found.items()}


def weights(B, H, T):
    allowed = torch.ones(T, T).tril().bool()
    return o.normal(B, H, T, T, scale=2).masked_fill(~allowed, -torch.inf).softmax(-1)


def ids(*rows):
    return torch.tensor(rows, dtype=torch.int32)


o.case(
    "values",
    "letters come twice",
    [weights(2, 3, 8), ids([3, 1, 4, 2] * 2, [0, 5, 9, 7] * 2)],
    scores,
)
o.case(
    "values",
    "each text repeats as often as it likes",
    [weights(3, 2, 12), o.ids(3, 12, below=4)],
    scores,
)
o.case(
    "values",
    "one text repeats a lot and another not at all",
    [weights(2, 4, 6), ids([1, 1, 2, 1, 1, 2], [0, 1, 2, 3, 4, 5])],
    scores,
)
o.case("values", "a token stands next to itself", [weights(1, 2, 4), ids([7, 7, 7, 7])], scores)
o.case(
    "values",
    "heads may look ahead, as in BERT",
    [o.uniform(2, 2, 7, 7), o.ids(2, 7, below=3)],
    scores,
)
o.case("values", "ids are large", [weights(1, 2, 5), ids([50256, 3, 50256, 3, 50255])], scores)
o.case(
    "property", "no token comes twice", [weights(2, 2, 4), ids([0, 1, 2, 3], [3, 2, 1, 0])], scores
)
o.case("shapes", "one token", [weights(2, 3, 1), ids([4], [5])], scores)
o.case("shapes", "one head", [weights(1, 1, 6), o.ids(1, 6, below=3)], scores)
o.error("ids of rank one", [weights(1, 2, 3), o.ids(3, below=3)], "ids")
o.error("ids are floats", [weights(1, 2, 3), torch.zeros(1, 3)], "ids")
o.error("a negative id", [weights(1, 2, 2), ids([0, -1])], "ids")
o.error("weights of another length", [weights(1, 2, 4), ids([0, 1, 2])], "weights")
o.save()
