"""reverseComplement: Biopython's Seq.reverse_complement."""

import pathlib
import sys

from Bio.Seq import Seq

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from life_peers import PACKAGES, random_bases  # noqa: E402
from oracle import Oracle  # noqa: E402


def other_strand(sequence):
    return str(Seq(sequence).reverse_complement())


o = Oracle("reverseComplement", packages=PACKAGES)
o.case("values", "each base", ["AACGTN"], other_strand)
o.case("values", "case is kept", ["acGTnNaC"], other_strand)
o.case("values", "three hundred bases", [random_bases(o.rng, 300, "ACGTNacgtn")], other_strand)
o.case("property", "EcoRI's site reads the same on both strands", ["GAATTC"], other_strand)
o.case("shapes", "one base", ["G"], other_strand)
o.case("shapes", "no bases", [""], other_strand)
o.error("RNA's U", ["ACGU"], "position 3")
o.error("a digit", ["7ACG"], "position 0")
o.save()
