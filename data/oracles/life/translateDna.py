"""translateDna: Biopython's Seq.translate with NCBI's table 1, codon by codon; a codon with N is
X, where Biopython would look whether all its readings agree."""

import pathlib
import sys

from Bio.Seq import Seq

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from life_peers import PACKAGES, random_bases  # noqa: E402
from oracle import Oracle  # noqa: E402


def translate(sequence):
    codons = [sequence[i : i + 3] for i in range(0, len(sequence) - 2, 3)]
    return "".join(
        "X" if "N" in codon.upper() else str(Seq(codon).translate(table=1)) for codon in codons
    )


every = "".join(a + b + c for a in "ACGT" for b in "ACGT" for c in "ACGT")
o = Oracle("translateDna", packages=PACKAGES)
o.case("values", "a start, two amino acids, a stop", ["ATGGCGTGGTAA"], translate)
o.case("values", "every codon", [every], translate)
o.case("values", "translation goes on behind a stop", ["TAATAGTGAATG"], translate)
o.case(
    "values",
    "N makes X, even where the third base does not matter",
    ["GGNATGNNNGCNTANA"],
    translate,
)
o.case("values", "lower case", ["atgGCGtgn"], translate)
o.case("values", "six hundred bases", [random_bases(o.rng, 600, "ACGTACGTACGTACGTN")], translate)
o.case("shapes", "one base is left over", ["ATGA"], translate)
o.case("shapes", "two bases are left over", ["ATGTA"], translate)
o.case("shapes", "less than a codon", ["AT"], translate)
o.case("shapes", "no bases", [""], translate)
o.error("a gap", ["ATG-CG"], "position 3")
o.error("RNA", ["AUG"], "position 1")
o.save()
