"""editDistance: rapidfuzz's Levenshtein distance."""

import pathlib
import sys

from rapidfuzz.distance import Levenshtein

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402

o = Oracle("editDistance", packages=("rapidfuzz", "numpy", "safetensors"))
for a, b in (
    ("kitten", "sitting"),
    ("saturday", "sunday"),
    ("abc", "cab"),
    ("intention", "execution"),
):
    o.case("values", f"{a} and {b}", [list(a), list(b)], Levenshtein.distance)
o.case("values", "sounds", ["TH OW1 R OW2".split(), "TH ER1 OW0".split()], Levenshtein.distance)
o.case(
    "values",
    "ids",
    [o.rng.integers(0, 4, 30).tolist(), o.rng.integers(0, 4, 25).tolist()],
    Levenshtein.distance,
)
o.case("values", "ids of several digits", [[1, 23, 4], [12, 3, 4]], Levenshtein.distance)
o.case("property", "the same", [list("same"), list("same")], Levenshtein.distance)
o.case("property", "nothing in common", [list("aaaa"), list("bbb")], Levenshtein.distance)
o.case("shapes", "one is empty", [[], list("abc")], Levenshtein.distance)
o.case("shapes", "the other is empty", [list("ab"), []], Levenshtein.distance)
o.case("shapes", "both are empty", [[], []], Levenshtein.distance)
o.case(
    "values",
    "words that are properties of every object",
    [["constructor", "__proto__", "a"], ["__proto__", "constructor", "toString"]],
    Levenshtein.distance,
)
o.save()
