"""Makes lesson 03's data from other people's packages: phix174.json, lambda.fa.gz, pbmc68k.json
and pbmc68k.safetensors.gz.

pip install biopython h5py numpy safetensors
pip download --no-deps --no-binary :all: biopython==1.88   # unpack Tests/GFF/NC_001422.gbk
pip download --no-deps scanpy==1.11.5                      # unpack
scanpy/datasets/10x_pbmc68k_reduced.h5ad apt-get download bowtie2-examples
# unpack .../reference/lambda_virus.fa.gz
python data/training/life/life.py NC_001422.gbk lambda_virus.fa.gz 10x_pbmc68k_reduced.h5ad
"""

import gzip
import json
import pathlib
import shutil
import sys

import h5py
import numpy as np
from Bio import SeqIO
from safetensors.numpy import save

DATA = pathlib.Path(__file__).resolve().parents[2]
LETTERS = (
    "A A* B K C D E J F G H".split()
)  # the genes in the order of the record, which does not name them (Sanger et al. 1977)


def genome(path):
    """The sequence, and of each protein the parts of the genome that code for it, [start, end)
    from 0, and its letters in GenBank.
    """
    record = SeqIO.read(path, "genbank")
    coding = [feature for feature in record.features if feature.type == "CDS"]
    assert all(feature.location.strand == 1 for feature in coding)
    genes = [
        {
            "gene": letter,
            "product": feature.qualifiers["product"][0],
            "parts": [[int(p.start), int(p.end)] for p in feature.location.parts],
            "protein": feature.qualifiers["translation"][0],
        }
        for letter, feature in zip(LETTERS, coding, strict=True)
    ]
    return {
        "accession": record.id,
        "name": record.description,
        "sequence": str(record.seq),
        "genes": genes,
    }


def cells(path):
    """
    The molecules that were counted. The file holds log(1 + 10,000 · count / total), rounded to
    three digits, and the totals; a count is the whole number that gives the value again.
    """
    with h5py.File(path) as f:
        values, columns, starts = (f[f"raw.X/{name}"][:] for name in ("data", "indices", "indptr"))
        obs, umap = f["obs"][:], f["obsm"][:]["X_umap"]
        genes, types = (
            [text.decode() for text in texts]
            for texts in (f["raw.var"][:]["index"], f["uns/bulk_labels_categories"][:])
        )
    totals = np.rint(obs["n_counts"]).astype(np.int32)
    counts = np.zeros((len(obs), len(genes)), dtype=np.int32)
    for cell, total in enumerate(totals):
        here = slice(starts[cell], starts[cell + 1])
        counts[cell, columns[here]] = np.rint(
            np.expm1(values[here].astype(np.float64)) * total / 10_000
        )
        again = np.log1p(counts[cell, columns[here]] * 10_000 / total)
        assert np.abs(again - values[here]).max() < 0.00051, "a count does not give its value again"
    tensors = {
        "counts": counts,
        "totals": totals,
        "types": obs["bulk_labels"].astype(np.int32),
        "umap": umap.astype(np.float32),
    }
    return tensors, {"genes": genes, "types": types}


def main(genbank, fasta, h5ad):
    (DATA / "phix174.json").write_text(json.dumps(genome(genbank), indent=1) + "\n")
    shutil.copyfile(fasta, DATA / "lambda.fa.gz")
    tensors, names = cells(h5ad)
    (DATA / "pbmc68k.json").write_text(json.dumps(names) + "\n")
    (DATA / "pbmc68k.safetensors.gz").write_bytes(gzip.compress(save(tensors), 9, mtime=0))


main(*sys.argv[1:])
