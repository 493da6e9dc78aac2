"""decodeBases: looked up letter by letter and joined by Biopython's Seq."""

import pathlib
import sys

from Bio.Seq import Seq

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from life_peers import PACKAGES  # noqa: E402
from oracle import Ints, Oracle  # noqa: E402


def decode(ids):
    return str(sum((Seq("ACGTN"[i]) for i in ids), Seq("")))


o = Oracle("decodeBases", packages=PACKAGES)
o.case("values", "each base", [[0, 1, 2, 3, 4]], decode)
o.case("values", "an Int32Array", [Ints([3, 3, 0, 4, 2, 1])], decode)
o.case("values", "three hundred bases", [Ints(o.rng.integers(0, 5, 300).tolist())], decode)
o.case("shapes", "one base", [[4]], decode)
o.case("shapes", "no bases", [[]], decode)
o.error("an id that is none", [[0, 1, 5]], "position 2")
o.error("a negative id", [[0, -1, 2]], "position 1")
o.error("half an id", [[0.5]], "position 0")
o.save()
