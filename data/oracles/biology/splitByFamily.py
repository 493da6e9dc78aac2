"""splitByFamily: relatives of relatives by powers of the matrix of links, then the rule for the
test word by word.
"""

import pathlib
import sys

import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402

o = Oracle("splitByFamily", packages=("numpy", "safetensors"))


def identity_of(a, b):
    pairs = [(x, y) for x, y in zip(a, b) if x != "-" and y != "-"]
    return sum(x == y for x, y in pairs) / len(pairs) if pairs else 0.0


def split(rows, options=None):
    options = options or {}
    identity, share = options.get("identity", 0.7), options.get("share", 0.2)
    N = len(rows)
    linked = np.array(
        [
            [i == j or identity_of(a, b) >= identity for j, b in enumerate(rows)]
            for i, a in enumerate(rows)
        ]
    ).reshape(N, N)
    for _ in range(N):
        linked = (linked.astype(int) @ linked.astype(int)) > 0
    firsts = [int(np.flatnonzero(row)[0]) for row in linked]
    order = sorted(set(firsts))
    families = [order.index(first) for first in firsts]
    test = []
    for family in range(len(order)):
        members = [n for n in range(N) if families[n] == family]
        if len(test) + len(members) <= share * N:
            test += members
    return {
        "families": families,
        "train": [n for n in range(N) if n not in test],
        "test": sorted(test),
    }


LETTERS = np.array(list("ACDEFGHIKLMNPQRSTVWY"))


def related(families, members, columns, changes, gaps=0.0):
    """Rows that descend from a few ancestors, in any order."""
    rows = []
    for _ in range(families):
        ancestor = LETTERS[o.rng.integers(0, 20, columns)]
        for _ in range(int(o.rng.integers(1, members + 1))):
            row = np.where(
                o.rng.random(columns) < changes, LETTERS[o.rng.integers(0, 20, columns)], ancestor
            )
            rows.append("".join(np.where(o.rng.random(columns) < gaps, "-", row)))
    return [rows[i] for i in o.rng.permutation(len(rows))]


chain = ["AAAA", "AAAC", "AACC", "ACCC", "CCCC"]
o.case("values", "families of near copies", [related(6, 5, 20, 0.1)], split)
o.case("values", "families with gaps", [related(6, 5, 20, 0.1, 0.2), {"share": 0.4}], split)
o.case(
    "values",
    "half the letters are enough",
    [related(5, 4, 16, 0.3), {"identity": 0.45, "share": 0.35}],
    split,
)
o.case("values", "a chain of relatives", [chain + ["GGGG"], {"identity": 0.75}], split)
o.case(
    "values",
    "a chain in another order",
    [["AAAA", "CCCC", "ACCC", "GGGG", "AAAC", "AACC"], {"identity": 0.75, "share": 0.3}],
    split,
)
o.case(
    "values",
    "the first family is too large, the next one fits",
    [["AAAA", "AAAA", "AAAA", "CCCC", "GGGG"], {"share": 0.25}],
    split,
)
o.case(
    "values",
    "a family in the middle is too large",
    [["CCCC", "AAAA", "AAAA", "AAAA", "GGGG", "TTTT"], {"share": 0.5}],
    split,
)
o.case(
    "property",
    "an identity that is just reached",
    [["AAAA", "AACC", "GGGG"], {"identity": 0.5, "share": 0.7}],
    split,
)
o.case(
    "property",
    "gaps on both sides aren't equal letters",
    [["AC--", "AG--", "TTTT"], {"identity": 0.6, "share": 0.5}],
    split,
)
o.case(
    "property",
    "a gap is not a difference",
    [["ACDEFGHI", "AC------", "TTTTTTTT"], {"share": 0.5}],
    split,
)
o.case(
    "property",
    "no column in common",
    [["AA--", "--AA", "AA-A"], {"identity": 0.1, "share": 0.4}],
    split,
)
o.case(
    "property", "share 0: nothing is for the test", [related(4, 2, 10, 0.1), {"share": 0}], split
)
o.case(
    "property", "share 1: everything is for the test", [related(4, 2, 10, 0.1), {"share": 1}], split
)
o.case(
    "property",
    "identity 1: copies alone",
    [["AC", "AC", "AD", "AC", "GG"], {"identity": 1, "share": 0.4}],
    split,
)
o.case("shapes", "no row", [[]], split)
o.case("shapes", "one row", [["ACD"], {"share": 1}], split)
o.error("rows of two lengths", [["AC", "ACD"]], "rows")
o.error("identity is zero", [["AC"], {"identity": 0}], "identity")
o.error("identity is over one", [["AC"], {"identity": 70}], "identity")
o.error("share is over one", [["AC"], {"share": 20}], "share")
o.error("share is negative", [["AC"], {"share": -0.1}], "share")
o.save()
