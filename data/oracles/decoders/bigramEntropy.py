"""bigramEntropy: scipy's entropy of pairs less that of their first tokens."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import numpy as np  # noqa: E402
from oracle import (  # noqa: E402
    PACKAGES,
    Ints,
    Oracle,  # noqa: E402
)
from scipy.stats import entropy  # noqa: E402

o = Oracle("bigramEntropy", packages=(*PACKAGES, "scipy"))


def conditional(ids, vocabulary):
    ids = np.array(ids)
    _, pairs = np.unique(ids[:-1] * vocabulary + ids[1:], return_counts=True)
    _, firsts = np.unique(ids[:-1], return_counts=True)
    return float(entropy(pairs) - entropy(firsts))


text = lambda N, V: Ints(o.rng.integers(0, V, N).tolist())
for N, V in ((20, 3), (200, 5), (500, 12)):
    o.case("values", f"{N} tokens of {V}", [text(N, V), V], conditional)
o.case(
    "values", "a text with a habit", [Ints([0, 1, 2, 0, 1, 3, 0, 1, 2, 2, 0, 1]), 4], conditional
)
o.case("values", "a token only at the end", [Ints([0, 1, 0, 1, 0, 2]), 3], conditional)
o.case("values", "most of the vocabulary is not there", [text(50, 4), 100], conditional)
o.case("property", "each token says what follows: zero", [Ints([0, 1, 2, 3] * 6), 4], conditional)
o.case("property", "one token says nothing: zero", [Ints([5] * 9), 6], conditional)
o.case("shapes", "one pair", [Ints([1, 0]), 2], conditional)
o.error("one token", [Ints([1]), 3], "ids")
o.error("an id past the vocabulary", [Ints([0, 1, 3]), 3], "ids")
o.error("a negative id", [Ints([0, -1, 2]), 3], "ids")
o.case(
    "values",
    "ids beyond 255",
    [Ints((o.rng.integers(0, 5, 80) * 300).tolist()), 1500],
    conditional,
)
o.save()
