"""Makes lesson 19's measured double mutants: data/gb1.safetensors.gz and gb1.json.

pip install numpy safetensors
pip download --no-deps mavenn==1.1.4
python data/training/biology/gb1.py mavenn-1.1.4-py3-none-any.whl

60,000 of the 530,737 double mutants in mavenn/examples/datasets/gb1_data.csv.gz, drawn by a seed
and sorted by their mutations. positions [N, 2] count from 0 along the 55 letters of gb1.json,
residues [N, 2] are indices of its alphabet, fitness [N] is the file's y, rounded to hundredths.
"""

import csv
import gzip
import io
import json
import pathlib
import sys
import zipfile
from collections import Counter

import numpy as np
from safetensors.numpy import save

DATA = pathlib.Path(__file__).resolve().parents[2]
AMINO = "ACDEFGHIKLMNPQRSTVWY"
FILE = "mavenn/examples/datasets/gb1_data.csv.gz"


def main(wheel, count=60_000):
    text = gzip.decompress(zipfile.ZipFile(wheel).read(FILE)).decode()
    rows = list(csv.DictReader(io.StringIO(text)))
    letters = np.array([[AMINO.index(c) for c in row["x"]] for row in rows])
    fitness = np.array([float(row["y"]) for row in rows])
    usual = np.array([Counter(column).most_common(1)[0][0] for column in letters.T.tolist()])
    differs = letters != usual
    assert (differs.sum(1) == 2).all()
    chosen = np.random.default_rng(19).choice(len(rows), count, replace=False)
    positions = np.nonzero(differs[chosen])[1].reshape(-1, 2)
    residues = np.take_along_axis(letters[chosen], positions, 1)
    order = np.lexsort((residues[:, 1], residues[:, 0], positions[:, 1], positions[:, 0]))
    tensors = {
        "positions": positions[order].astype(np.int32),
        "residues": residues[order].astype(np.int32),
        "fitness": np.round(fitness[chosen][order], 2).astype(np.float32),
    }
    packed = gzip.compress(save(tensors), 9, mtime=0)
    (DATA / "gb1.safetensors.gz").write_bytes(packed)
    about = {"sequence": "".join(AMINO[i] for i in usual), "first": 2, "alphabet": AMINO}
    (DATA / "gb1.json").write_text(json.dumps(about) + "\n")
    print(len(packed), about)


if __name__ == "__main__":
    main(*sys.argv[1:])
