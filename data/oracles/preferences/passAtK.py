"""passAtK: all subsets of k of n answers are counted where there are few; elsewhere binomials are
exact integers.
"""

import itertools
import math
import pathlib
import sys
from fractions import Fraction

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402

o = Oracle("passAtK")


def pass_at_k(n, c, k):
    exact = 1 - Fraction(math.comb(n - c, k), math.comb(n, k))
    if n <= 10:
        draws = list(itertools.combinations(range(n), k))
        assert exact == Fraction(sum(any(i < c for i in draw) for draw in draws), len(draws))
    return float(exact)


add = lambda group, title, *args: o.case(group, title, list(args), pass_at_k)
add("values", "three of ten, two tries", 10, 3, 2)
add("values", "five of eight, three tries", 8, 5, 3)
add("values", "one try", 10, 3, 1)
add("values", "one of two", 2, 1, 1)
add("values", "one of a hundred, ten tries", 100, 1, 10)
add("values", "seven of 128, 64 tries", 128, 7, 64)
add("property", "none is right", 64, 0, 64)
add("property", "all are right", 64, 64, 1)
add("property", "fewer are wrong than one may try", 10, 8, 3)
add("property", "as many are wrong as one may try", 10, 7, 3)
add("property", "all may be tried", 10, 1, 10)
add("property", "one answer, wrong", 1, 0, 1)
add("property", "one answer, right", 1, 1, 1)
add("property", "ten thousand answers", 10_000, 3, 5000)
add("property", "binomials beyond all numbers", 10_000, 700, 50)
add("property", "two thousand are right", 10_000, 2000, 3)
o.error("k is over n", [10, 3, 11], "k")
o.error("k is 0", [10, 3, 0], "k")
o.error("half a try", [10, 3, 1.5], "k")
o.error("more are right than there are", [10, 11, 1], "c")
o.error("c is below 0", [10, -1, 1], "c")
o.error("no answer", [0, 0, 1], "n")
o.save()
