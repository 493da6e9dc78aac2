"""auroc: every pair of a positive and a negative, one by one."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402

o = Oracle("auroc", packages=("numpy", "safetensors"))


def area(scores, positive):
    wins = [
        1.0 if p > n else 0.5 if p == n else 0.0
        for p, a in zip(scores, positive)
        if a
        for n, b in zip(scores, positive)
        if not b
    ]
    return sum(wins) / len(wins)


def flags(n, share=0.5):
    found = (o.rng.random(n) < share).tolist()
    return [True, False, *found[2:]]


def numbers(n):
    return o.rng.standard_normal(n).tolist()


def whole(n, below):
    return o.rng.integers(0, below, n).tolist()


def shifted(positive, by):
    return [v + by * p for v, p in zip(numbers(len(positive)), positive)]


half, rare = flags(40), flags(60, 0.1)
o.case("values", "positives score higher", [shifted(half, 1.0), half], area)
o.case("values", "positives score lower", [shifted(half, -0.7), half], area)
o.case("values", "few positives", [shifted(rare, 0.5), rare], area)
o.case("values", "scores are whole numbers", [whole(40, 5), half], area)
o.case("values", "two kinds of scores", [whole(30, 2), flags(30)], area)
o.case("values", "numbers to sort as numbers", [[10, 9, 100, 1], [True, False, False, True]], area)
o.case("property", "all scores are equal", [[3.0] * 7, flags(7)], area)
o.case("property", "perfect", [[4, 1, 3, 0], [True, False, True, False]], area)
o.case("property", "the wrong way around", [[0, 3, 1, 4], [True, False, True, False]], area)
o.case("shapes", "one of each, tied", [[1, 1], [True, False]], area)
o.case("shapes", "one positive", [numbers(20), [i == 7 for i in range(20)]], area)
o.case("shapes", "one negative", [numbers(20), [i != 3 for i in range(20)]], area)
o.case("shapes", "a thousand with ties", [whole(1000, 50), flags(1000, 0.3)], area)
o.error("no negative", [[1, 2], [True, True]], "isPositive")
o.error("no positive", [[1, 2], [False, False]], "isPositive")
o.error("lengths differ", [[1, 2, 3], [True, False]], "isPositive")
o.error("nothing", [[], []], "scores")
o.save()
