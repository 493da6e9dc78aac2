"""mergePair: a direct transcription: from left to right, without overlap."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402
from token_peers import PACKAGES, replace  # noqa: E402

o = Oracle("mergePair", packages=PACKAGES)
o.case("values", "the pair stands twice", [[5, 1, 2, 3, 1, 2], [1, 2], 9], replace)
o.case("values", "the pair overlaps itself", [[4, 4, 4, 4, 4], [4, 4], 256], replace)
o.case("values", "parts of the pair stand alone", [[2, 1, 1, 2, 2, 1], [1, 2], 300], replace)
o.case(
    "values", "the new id is part of the pair's place before", [[1, 1, 2, 1, 2], [1, 2], 1], replace
)
o.case("values", "a long list", [o.rng.integers(0, 3, 80).tolist(), [0, 1], 7], replace)
o.case("values", "ids of several digits", [[11, 2, 1, 25, 1, 2], [1, 2], 9], replace)
o.case("shapes", "the pair is not there", [[1, 2, 3], [3, 1], 9], replace)
o.case("shapes", "one id", [[1], [1, 1], 9], replace)
o.case("shapes", "no ids", [[], [1, 2], 9], replace)
o.case("values", "two zeros become one id", [[0, 0, 0, 5, 0, 0], [0, 0], 7], replace)
o.case("values", "the new id is 0", [[3, 1, 2, 1, 2], [1, 2], 0], replace)
o.case(
    "values",
    "ids beyond 65,535",
    [[65537, 65536, 1, 0, 65536, 65537], [65536, 65537], 70000],
    replace,
)
o.save()
