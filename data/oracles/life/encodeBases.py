"""encodeBases: positions in Biopython's alphabet of read bases, ACGT, and N behind it."""

import pathlib
import sys

from Bio.Seq import Seq

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from life_peers import PACKAGES, random_bases  # noqa: E402
from oracle import Ints, Oracle  # noqa: E402


def encode(sequence):
    return Ints("ACGTN".index(base) for base in Seq(sequence).upper())


o = Oracle("encodeBases", packages=PACKAGES)
o.case("values", "each base", ["ACGTN"], encode)
o.case("values", "lower case", ["acgtnACGTN"], encode)
o.case("values", "three hundred bases", [random_bases(o.rng, 300, "ACGTNacgtn")], encode)
o.case("shapes", "one base", ["N"], encode)
o.case("shapes", "no bases", [""], encode)
o.error("RNA's U", ["ACGU"], "position 3")
o.error("a gap at the start", ["-ACGT"], "position 0")
o.error("a space inside", ["ACG TAC"], "position 3")
o.error("an ambiguity code", ["ACGTRACGT"], "position 4")
o.error("a letter whose upper case is two letters", ["ACß"], "position 2")
o.save()
