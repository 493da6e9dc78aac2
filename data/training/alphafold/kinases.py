"""The kinase family of Pfam with c-Src laid into it, for lesson 12: data/kinases.json

The alignment is Pfam's seed of Pkinase (PF00069.24, CC0) in Debian's hmmer-examples 3.4. Its 38
sequences do not hold c-Src (1Y57 in data/chains.json), which is laid beside the one most like it
by a local alignment with BLOSUM62.
"""

import json
import pathlib
import subprocess

import numpy as np
from Bio import AlignIO
from Bio.Align import PairwiseAligner, substitution_matrices

ROOT = pathlib.Path(__file__).resolve().parents[3]
CACHE = ROOT / ".local" / "cache"


def seed():
    path = next(CACHE.glob("hmmer-examples_3.4*.deb"), None)
    if path is None:
        CACHE.mkdir(parents=True, exist_ok=True)
        subprocess.run(["apt-get", "download", "hmmer-examples"], cwd=CACHE, check=True)
        path = next(CACHE.glob("hmmer-examples_3.4*.deb"))
    subprocess.run(["dpkg", "-x", path, CACHE / "hmmer-examples"], check=True)
    return AlignIO.read(
        CACHE / "hmmer-examples" / "usr/share/doc/hmmer/examples/tutorial/Pkinase.sto", "stockholm"
    )


chains = json.loads((ROOT / "data" / "chains.json").read_text())
src = next(chain["sequence"] for chain in chains if chain["name"] == "kinase")
aligner = PairwiseAligner(
    mode="local",
    substitution_matrix=substitution_matrices.load("BLOSUM62"),
    open_gap_score=-11,
    extend_gap_score=-1,
)
family = {record.id: str(record.seq).replace(".", "-").upper() for record in seed()}
plain = lambda row: row.replace("-", "")
nearest = max(family, key=lambda name: aligner.score(src, plain(family[name])))
best = aligner.align(src, plain(family[nearest]))[0]
columns = [i for i, letter in enumerate(family[nearest]) if letter != "-"]
placed = {}  # residue of c-Src → column of the alignment
for (s0, s1), (t0, _) in zip(*best.aligned):
    placed.update({int(s): columns[int(t0 + s - s0)] for s in range(s0, s1)})
residues = sorted(placed)
rows = {"SRC (1Y57)": "".join(src[s] for s in residues)}
rows.update({name: "".join(row[placed[s]] for s in residues) for name, row in family.items()})
(ROOT / "data" / "kinases.json").write_text(
    json.dumps(
        {
            "nearest": nearest,
            "residues": residues,
            "names": list(rows),
            "rows": list(rows.values()),
        },
        indent=1,
    )
    + "\n"
)
same = np.mean([src[s] == family[nearest][placed[s]] for s in residues])
print(
    f"{len(residues)} residues of c-Src laid beside {nearest}, {same:.0%} the same; "
    f"{len(rows)} rows"
)
