"""clippedObjective: PPO's cases written out letter by letter, in float64: with A ≥ 0 the ratio
counts up to 1 + ε_high, with A < 0 down to 1 − ε and no further; gradients by autograd.
"""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402

o = Oracle("clippedObjective")


def objective(new, old, advantages, mask, options=None):
    options = options or {}
    low = options.get("epsilon", 0.2)
    high = options.get("epsilonHigh", low)
    answers = []
    for b in range(new.shape[0]):
        letters = []
        for t in range(new.shape[1]):
            if float(mask[b, t]) == 0:
                continue
            ratio, a = torch.exp(new[b, t] - old[b, t]), float(advantages[b])
            if a >= 0 and float(ratio.detach()) > 1 + high:
                ratio = torch.tensor(1 + high, dtype=torch.float64)
            if a < 0 and float(ratio.detach()) < 1 - low:
                ratio = torch.tensor(1 - low, dtype=torch.float64)
            letters.append(ratio * a)
        answers.append(sum(letters) / len(letters) if letters else torch.zeros(()).double())
    return torch.stack(answers).mean()


rows = lambda *values: torch.tensor(values, dtype=torch.float32)


def written(B, T, change=0.3):
    old = -torch.abs(o.normal(B, T))
    return [old + o.normal(B, T, scale=change), old]


uneven = rows([1, 1, 1, 1], [1, 1, 0, 0], [0, 1, 1, 1])
o.case("values", "both signs", [*written(3, 4), rows(1.2, -0.7, 0.4), uneven], objective)
o.case("values", "all are good", [*written(3, 4), rows(1, 0.5, 2), uneven], objective)
o.case("values", "all are bad", [*written(3, 4), rows(-1, -0.5, -2), uneven], objective)
narrow = {"epsilon": 0.05}
o.case("values", "a narrow clip", [*written(3, 4), rows(1, -1, 1), uneven, narrow], objective)
wide = {"epsilonHigh": 0.5}
o.case("values", "only epsilonHigh", [*written(3, 4, 0.5), rows(1, -1, 1), uneven, wide], objective)
both = {"epsilon": 0.3, "epsilonHigh": 0.1}
o.case("values", "two bounds", [*written(3, 4, 0.5), rows(1, -1, 1), uneven, both], objective)
zero = {"epsilon": 0}
o.case("values", "epsilon is 0", [*written(3, 4), rows(1, -1, 1), uneven, zero], objective)
zero = {"epsilon": 0.3, "epsilonHigh": 0}
o.case("values", "epsilonHigh is 0", [*written(3, 4), rows(1, -1, 1), uneven, zero], objective)
o.case(
    "values", "epsilon is 1", [*written(3, 4, 1), rows(1, -1, 1), uneven, {"epsilon": 1}], objective
)
new, old = written(3, 4)
o.case("values", "nothing has changed", [old, old, rows(1, -1, 3), uneven], objective)
holes_new, holes_old = new.clone(), old.clone()
holes_new[1, 2], holes_new[1, 3], holes_old[2, 0], holes_old[1, 3] = (
    torch.nan,
    -torch.inf,
    torch.nan,
    torch.inf,
)
holes = [holes_new, holes_old, rows(1, -1, 0.5), uneven]
o.case("property", "NaN and infinity where nothing counts", holes, objective)
far = [new + rows([0] * 4, [0, 0, 500, 0], [500, 0, 0, 0]), old]
o.case("property", "an overflow where nothing counts", [*far, rows(1, -1, 0.5), uneven], objective)
empty = rows([1, 0, 1, 0], [0, 0, 0, 0], [1, 1, 1, 1])
o.case("property", "an answer without letters", [new, old, rows(1, -1, 0.5), empty], objective)
o.case("property", "no letter counts", [new, old, rows(1, -1, 0.5), empty * 0], objective)
o.case("property", "advantages are 0", [new, old, rows(0, 0, 0), uneven], objective)
o.case("shapes", "one answer of one letter", [*written(1, 1), rows(1), rows([1])], objective)
o.case(
    "gradient", "both signs", [*written(3, 4), rows(1.2, -0.7, 0.4), uneven], objective, wrt=["0"]
)
o.case(
    "gradient",
    "two bounds",
    [*written(3, 4, 0.5), rows(1, -1, 1), uneven, both],
    objective,
    wrt=["0"],
)
o.case(
    "gradient", "nothing has changed", [old + 0, old, rows(1, -1, 3), uneven], objective, wrt=["0"]
)
o.error(
    "an older policy of another length", [new, old[:, :3], rows(1, -1, 1), uneven], "oldLogProbs"
)
o.error("an advantage per letter", [new, old, new, uneven], "advantages")
o.error("a mask of another length", [new, old, rows(1, -1, 1), uneven[:, :3]], "mask")
o.error("no answer", [new[:0], old[:0], rows(1)[:0], uneven[:0]], "logProbs")
o.error("epsilon below 0", [new, old, rows(1, -1, 1), uneven, {"epsilon": -0.1}], "epsilon")
o.error("epsilon over 1", [new, old, rows(1, -1, 1), uneven, {"epsilon": 1.1}], "epsilon")
o.error(
    "epsilonHigh below 0", [new, old, rows(1, -1, 1), uneven, {"epsilonHigh": -0.1}], "epsilonHigh"
)
o.save()
