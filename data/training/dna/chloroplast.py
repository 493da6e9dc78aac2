"""Makes lesson 13's genome from Biopython's tests: chloroplast.fa.gz and chloroplast.json.

pip install biopython
pip download --no-deps --no-binary :all: biopython==1.88   # unpack Tests/GenBank/NC_000932.gb
python data/training/dna/chloroplast.py NC_000932.gb
"""

import gzip
import json
import pathlib
import sys

from Bio import SeqIO

DATA = pathlib.Path(__file__).resolve().parents[2]


def inverted_repeat(sequence, complement, seed=200):
    """The longest stretch that comes again on the other strand: two places [start, end) from 0.
    Grown from a seed found in both.
    """
    best = (0, 0, 0)
    N, places = len(sequence), {}
    for i in range(N - seed + 1):
        places.setdefault(complement[i : i + seed], i)
    i = 0
    while i <= N - seed:
        j = places.get(sequence[i : i + seed])
        if j is None:
            i += 1
            continue
        length = seed
        while i + length < N and j + length < N and sequence[i + length] == complement[j + length]:
            length += 1
        best = max(best, (length, i, j))
        i += length
    length, i, j = best
    first, second = sorted([[i, i + length], [N - j - length, N - j]])
    assert first[1] <= second[0]
    return [first, second]


def main(genbank):
    record = SeqIO.read(genbank, "genbank")
    sequence = str(record.seq).upper()
    assert set(sequence) == set("ACGT")
    coding = sorted(
        {
            (int(part.start), int(part.end), int(part.strand))
            for feature in record.features
            if feature.type == "CDS"
            for part in feature.location.parts
        }
    )
    lines = "\n".join(sequence[i : i + 70] for i in range(0, len(sequence), 70))
    (DATA / "chloroplast.fa.gz").write_bytes(
        gzip.compress(f">{record.id} {record.description}\n{lines}\n".encode(), 9, mtime=0)
    )
    about = {
        "accession": record.id,
        "name": record.description,
        "invertedRepeat": inverted_repeat(sequence, str(record.seq.reverse_complement()).upper()),
        "coding": coding,
    }
    (DATA / "chloroplast.json").write_text(json.dumps(about) + "\n")
    print(len(sequence), about["invertedRepeat"], len(coding), "stretches code for protein")


main(*sys.argv[1:])
