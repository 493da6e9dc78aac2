"""recallAtK: the share of all orders of the ties in which the partner is among the first k."""

import itertools
import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402

o = Oracle("recallAtK")


def recall(scores, partners, k):
    """Sorts each row in every order of its columns: a stable sort keeps that order on ties."""
    found = []
    for row, partner in zip(scores.tolist(), partners.tolist()):
        orders = list(itertools.permutations(range(len(row))))
        hits = [partner in sorted(order, key=lambda c: -row[c])[:k] for order in orders]
        found.append(sum(hits) / len(hits))
    return torch.tensor(sum(found) / len(found), dtype=torch.float64)


columns = lambda *values: torch.tensor(values, dtype=torch.int32)
rounded = lambda Q, N: (o.normal(Q, N) * 1.5).round()
infinite = o.normal(4, 6)
infinite[:, [1, 4]] = -torch.inf
o.case("values", "scores differ, k is 1", [o.normal(6, 5), o.ids(6, below=5), 1], recall)
o.case("values", "scores differ, k is 3", [o.normal(5, 6), o.ids(5, below=6), 3], recall)
o.case("values", "many scores tie", [rounded(7, 6), o.ids(7, below=6), 2], recall)
o.case("values", "many scores tie, k is 1", [rounded(8, 5), o.ids(8, below=5), 1], recall)
o.case("values", "candidates are ruled out", [infinite, columns(0, 2, 3, 5), 2], recall)
o.case("values", "the partner is ruled out", [infinite, columns(1, 4, 4, 0), 5], recall)
o.case("property", "all scores are equal: k / N", [torch.zeros(3, 5), columns(0, 4, 2), 2], recall)
o.case("shapes", "k is N", [o.normal(3, 4), o.ids(3, below=4), 4], recall)
o.case("shapes", "k is above N", [rounded(3, 4), o.ids(3, below=4), 9], recall)
o.case("shapes", "one candidate", [o.normal(3, 1), columns(0, 0, 0), 1], recall)
o.case("shapes", "two queries ask for one", [o.normal(2, 5), columns(3, 3), 2], recall)
o.error("k is 0", [o.normal(2, 3), columns(0, 1), 0], "k")
o.error("a partner isn't a column", [o.normal(2, 3), columns(0, 3), 1], "partners")
o.save()
