"""countPairs: a tally of zip(word, word[1:])."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Map, Oracle  # noqa: E402
from token_peers import PACKAGES, pairs_of  # noqa: E402


def count_pairs(words, counts):
    return Map({f"{a},{b}": n for (a, b), n in pairs_of(list(zip(words, counts))).items()})


o = Oracle("countPairs", packages=PACKAGES)
o.case("values", "three words", [[[1, 2, 3], [2, 3], [3, 1, 2, 3]], [5, 2, 1]], count_pairs)
o.case("values", "a pair that overlaps itself", [[[7, 7, 7, 7], [7, 7]], [1, 10]], count_pairs)
o.case(
    "values",
    "ids of several digits",
    [[[1, 23], [12, 3], [50256, 0, 50256]], [1, 1, 3]],
    count_pairs,
)
o.case(
    "values",
    "long words",
    [[o.rng.integers(0, 5, n).tolist() for n in (40, 1, 60)], [3, 9, 2]],
    count_pairs,
)
o.case("shapes", "words of one id and of none", [[[4], [], [5]], [2, 2, 2]], count_pairs)
o.case("shapes", "no words", [[], []], count_pairs)
o.error("a count is missing", [[[1, 2], [3]], [1]], "counts")
o.case("values", "counts beyond 2³¹", [[[1, 2], [2, 1, 2]], [3000000000, 5000000000]], count_pairs)
o.case("values", "ids beyond 65,535", [[[65536, 0, 65536, 0], [0, 65537]], [2, 1]], count_pairs)
o.save()
