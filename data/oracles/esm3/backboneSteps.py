"""backboneSteps: OpenFold's frames and products of transformers, one residue after the other, in
float64.
"""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402
from shared.protein_peers import apply, from_backbone, invert  # noqa: E402


def steps(n, ca, c):
    rows = []
    for i in range(len(ca) - 1):
        seen_from = invert(from_backbone(n[i], ca[i], c[i]))
        rows.append(torch.cat([apply(seen_from, atom[i + 1]) for atom in (n, ca, c)]))
    return torch.stack(rows)


o = Oracle("backboneSteps", packages=("numpy", "scipy", "torch", "transformers", "safetensors"))
chain = lambda N, scale=2.0: [o.normal(N, 3, scale=scale) for _ in range(3)]


def helix(N):
    """Cα on a helix of 3.6 residues a turn and 1.5 Å a residue, N and C between them, 40 Å from
    the origin.
    """
    at = lambda turns, radius: (
        torch.stack(
            [
                radius * torch.cos(turns),
                radius * torch.sin(turns),
                1.5 * turns * 3.6 / (2 * torch.pi),
            ],
            -1,
        )
        + 40
    )
    turns = torch.arange(N) * 2 * torch.pi / 3.6
    return [at(turns - 0.5, 1.6), at(turns, 2.3), at(turns + 0.55, 1.7)]


o.case("values", "seven residues", chain(7), steps)
o.case(
    "values", "a helix, far from the origin", helix(8), steps, widen=10
)  # float32 keeps coordinates of 50 Å to 4e-6
o.case(
    "values",
    "the first residue lies in the axes",
    [
        torch.tensor([[0.0, 1, 0], [5, 1, 0]]),
        torch.tensor([[0.0, 0, 0], [5, 0, 0]]),
        torch.tensor([[2.0, 0, 0], [6, 0, 1]]),
    ],
    steps,
)
o.case("shapes", "two residues", chain(2), steps)
o.case("gradient", "all atoms", chain(4), steps, wrt=["0", "1", "2"], terms=20)
o.error("one residue", chain(1), "residues")
o.error("two chains at once", [o.normal(2, 4, 3) for _ in range(3)], "n")
o.error("c is shorter", [o.normal(4, 3), o.normal(4, 3), o.normal(3, 3)], "c")
o.error("a residue on a line", [torch.zeros(2, 3), torch.ones(2, 3), 2 * torch.ones(2, 3)], "line")
o.save()
