"""framesFromBackbone: OpenFold's make_transform_from_reference, which reaches the same axes by
three turns, in float64.
"""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402
from shared.protein_peers import from_backbone  # noqa: E402

PACKAGES = ("numpy", "scipy", "torch", "transformers", "safetensors")
o = Oracle("framesFromBackbone", packages=PACKAGES)
atoms = lambda *leading: [o.normal(*leading, 3, scale=2.0) for _ in range(3)]
# a backbone as it is: N-CA 1.46 Å, CA-C 1.52 Å, 111 degrees, somewhere in the crystal
place = o.normal(1, 3, scale=20.0)
real = [
    place + torch.tensor([[-0.523, 1.363, 0.0]]),
    place.clone(),
    place + torch.tensor([[1.52, 0.0, 0.0]]),
]
o.case("values", "nine residues", atoms(9), from_backbone)
o.case(
    "values",
    "a real residue's lengths and angle, far from the origin",
    real,
    from_backbone,
    widen=10,
)  # float32 keeps coordinates of 40 Å to 4e-6
o.case(
    "values",
    "C above CA, N to the right",
    [torch.tensor([[1.0, 0, 0]]), torch.zeros(1, 3), torch.tensor([[0.0, 1e-6, 2]])],
    from_backbone,
)
o.case("shapes", "one residue", atoms(), from_backbone)
o.case("shapes", "two chains of four", atoms(2, 4), from_backbone)
o.case("shapes", "three axes before", atoms(2, 1, 3), from_backbone)
o.case("gradient", "all atoms", atoms(5), from_backbone, wrt=["0", "1", "2"], terms=5)
o.case("gradient", "two chains", atoms(2, 2), from_backbone, wrt=["0", "1", "2"], terms=5)
o.error("ca has another number of residues", [o.normal(3, 3), o.normal(2, 3), o.normal(3, 3)], "ca")
o.error("coordinates are pairs", [o.normal(3, 2), o.normal(3, 2), o.normal(3, 2)], "n")
o.error("n lies where ca is", [torch.ones(2, 3), torch.ones(2, 3), o.normal(2, 3)], "line")
o.error(
    "the atoms lie on one line",
    [torch.tensor([[0.0, 0, 0]]), torch.tensor([[1.0, 1, 1]]), torch.tensor([[3.0, 3, 3]])],
    "line",
)
o.save()
