"""kmerTokens: each k-mer read as a number of base 4 by Python's int, N looked for in it."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from life_peers import PACKAGES, random_bases  # noqa: E402
from oracle import Ints, Oracle  # noqa: E402


def tokens(sequence, k, stride=1):
    words = [sequence[i : i + k].upper() for i in range(0, len(sequence) - k + 1, stride)]
    return Ints(
        4**k if "N" in word else int(word.translate(str.maketrans("ACGT", "0123")), 4)
        for word in words
    )


o = Oracle("kmerTokens", packages=PACKAGES)
o.case("values", "overlapping pairs", ["ACGTTGCA", 2], tokens)
o.case("values", "single bases", ["TGCANtgcan", 1], tokens)
o.case("values", "k = 3, side by side", ["ATGGCGTAAC", 3, 3], tokens)
o.case("values", "a stride between", [random_bases(o.rng, 60, "ACGT"), 6, 4], tokens)
o.case("values", "a stride above k", [random_bases(o.rng, 40, "ACGT"), 2, 5], tokens)
o.case("values", "N among the bases", ["ACNGTACGNNACGTACGT", 4], tokens)
o.case("values", "lower case", ["acgtNacgt", 3], tokens)
o.case("values", "k = 15, the largest", [random_bases(o.rng, 60, "ACGTTTTT"), 15], tokens)
o.case("values", "all T at k = 15", ["T" * 20, 15], tokens)
o.case("values", "six hundred bases", [random_bases(o.rng, 600, "ACGTACGTACGTACGTN"), 6], tokens)
o.case("shapes", "exactly one k-mer", ["ACGTA", 5], tokens)
o.case("shapes", "shorter than k", ["ACG", 4], tokens)
o.case("shapes", "shorter than k by far, with a stride", ["A", 12, 5], tokens)
o.case("shapes", "no bases", ["", 3], tokens)
o.error("k = 16", ["ACGTACGTACGTACGTACGT", 16], "k")
o.error("k = 0", ["ACGT", 0], "k")
o.error("half a base", ["ACGT", 1.5], "k")
o.error("stride 0", ["ACGT", 2, 0], "stride")
o.error("no base", ["ACGTX", 2], "position 4")
o.save()
