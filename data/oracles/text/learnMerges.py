"""learnMerges: the tie rule written out over byte strings."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402
from token_peers import PACKAGES, merge_bytes  # noqa: E402


def learn(words, counts, most):
    return merge_bytes([([bytes([b]) for b in word], n) for word, n in zip(words, counts)], most)[1]


def spell(text):
    return [list(word.encode()) for word in text.split(" ")]


o = Oracle("learnMerges", packages=PACKAGES)
lower = spell("low lower newest widest")
o.case("values", "the paper's words", [lower, [5, 2, 6, 3], 10], learn)
o.case("values", "all pairs are seen once", [spell("ab cd ca bd"), [1, 1, 1, 1], 4], learn)
o.case("values", "ties beyond ASCII", [spell("zé éz ñu uñ"), [2, 2, 2, 2], 8], learn)
o.case(
    "values",
    "a beginning loses to what it begins",
    [spell("aab abc bca aabc"), [3, 3, 3, 3], 6],
    learn,
)
o.case("values", "one letter again and again", [spell("aaaaaaa aaa"), [1, 2], 5], learn)
o.case(
    "values",
    "random words",
    [
        [o.rng.integers(97, 100, n).tolist() for n in o.rng.integers(1, 9, 30)],
        o.rng.integers(1, 6, 30).tolist(),
        60,
    ],
    learn,
)
o.case("shapes", "no pair is left", [spell("ab a"), [1, 1], 9], learn)
o.case("shapes", "no merges are asked for", [lower, [1, 1, 1, 1], 0], learn)
o.case("shapes", "no words", [[], [], 3], learn)
o.case(
    "values",
    "the bytes 0 and 255",
    [[[0, 0, 1], [0, 0], [255, 0], [255, 255, 255]], [3, 2, 4, 2], 6],
    learn,
)
o.case(
    "values",
    "counts beyond 2³¹",
    [spell("abc bca cab"), [3000000000, 2000000000, 2500000000], 3],
    learn,
)
o.case("shapes", "words of one byte and of none", [[[97], [], [98, 97]], [5, 5, 1], 3], learn)
o.save()
