"""Chains and an alignment for lesson 12: data/chains.safetensors, data/chains.json and data/kinases.json

Cα coordinates of six chains, the whole backbone (N, CA, C) of ubiquitin, and the kinase family of Pfam with c-Src laid into it.
The structures are the mmCIF files in PyPI's openfold3 0.5.0 (Apache-2.0), which are entries of the Protein Data Bank (free of all copyright restrictions); numbers are
rounded to float32 and names are ours. The alignment is Pfam's seed of Pkinase (PF00069.24, CC0) in Debian's hmmer-examples 3.4. Its 38
sequences do not hold c-Src, which is laid beside the one most like it by a local alignment with BLOSUM62.
"""
import io
import json
import pathlib
import subprocess
import sys
import zipfile

import numpy as np
from Bio import AlignIO
from Bio.Align import PairwiseAligner, substitution_matrices
from Bio.PDB.MMCIFParser import MMCIFParser
from Bio.SeqUtils import seq1
from safetensors.numpy import save_file

ROOT = pathlib.Path(__file__).resolve().parents[2]
CACHE = ROOT / ".local" / "cache"
CHAINS = {"1ubq": "ubiquitin", "3zee": "the N-terminal domain of PAR-3", "7l39": "T4 lysozyme", "1pzp": "TEM-1 β-lactamase",
          "1a8q": "bromoperoxidase A1", "1y57": "the kinase c-Src"}


def wheel():
    path = CACHE / "openfold3-0.5.0-py3-none-any.whl"
    if not path.exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        subprocess.run([sys.executable, "-m", "pip", "download", "--no-deps", "openfold3==0.5.0", "-d", CACHE], check=True)
    return zipfile.ZipFile(path)


def seed():
    path = next(CACHE.glob("hmmer-examples_3.4*.deb"), None)
    if path is None:
        subprocess.run(["apt-get", "download", "hmmer-examples"], cwd=CACHE, check=True)
        path = next(CACHE.glob("hmmer-examples_3.4*.deb"))
    subprocess.run(["dpkg", "-x", path, CACHE / "hmmer-examples"], check=True)
    return AlignIO.read(CACHE / "hmmer-examples" / "usr/share/doc/hmmer/examples/tutorial/Pkinase.sto", "stockholm")


def backbone(archive, name):
    text = archive.read(f"openfold3/tests/test_data/mmcifs/{name}.cif").decode()
    chain = MMCIFParser(QUIET=True, auth_residues=False).get_structure(name, io.StringIO(text))[0]["A"]
    residues = [r for r in chain if r.id[0] == " " and all(a in r for a in ("N", "CA", "C"))]
    return seq1("".join(r.resname for r in residues)), np.array([[r[a].coord for a in ("N", "CA", "C")] for r in residues], dtype=np.float32)


archive, about, tensors = wheel(), {}, {}
for name, title in CHAINS.items():
    sequence, atoms = backbone(archive, name)
    about[name] = {"name": title, "sequence": sequence}
    tensors[f"{name}.ca"] = np.ascontiguousarray(atoms[:, 1])
    if name == "1ubq":
        tensors["1ubq.backbone"] = atoms
save_file(tensors, ROOT / "data" / "chains.safetensors")
(ROOT / "data" / "chains.json").write_text(json.dumps(about, indent=1) + "\n")

src = about["1y57"]["sequence"]
aligner = PairwiseAligner(mode="local", substitution_matrix=substitution_matrices.load("BLOSUM62"), open_gap_score=-11, extend_gap_score=-1)
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
(ROOT / "data" / "kinases.json").write_text(json.dumps({"nearest": nearest, "residues": residues, "names": list(rows), "rows": list(rows.values())}, indent=1) + "\n")
same = np.mean([src[s] == family[nearest][placed[s]] for s in residues])
print(f"{len(residues)} residues of c-Src laid beside {nearest}, {same:.0%} the same; {len(rows)} rows")
