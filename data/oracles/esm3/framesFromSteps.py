"""framesFromSteps: OpenFold's frames and products of transformers, one after the other, in
float64; SciPy multiplies the rotations too.
"""

import pathlib
import sys

import torch
from scipy.spatial.transform import Rotation

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402
from shared.protein_peers import compose, from_backbone  # noqa: E402


def walk(steps):
    here = {
        "rotation": torch.eye(3, dtype=steps.dtype),
        "translation": torch.zeros(3, dtype=steps.dtype),
    }
    chain, peer = [here], Rotation.identity()
    for step in steps:
        move = from_backbone(*step.reshape(3, 3))
        here = compose(here, move)
        chain.append(here)
        peer = peer * Rotation.from_matrix(move["rotation"].detach().numpy())
    assert abs(peer.as_matrix() - here["rotation"].detach().numpy()).max() < 1e-9
    return {
        name: torch.stack([frame[name] for frame in chain]) for name in ("rotation", "translation")
    }


o = Oracle("framesFromSteps", packages=("numpy", "scipy", "torch", "transformers", "safetensors"))
turn = torch.tensor([3.0, 0, 0, 4, 0, 0, 4, 1.5, 0])
real = torch.tensor([1.97, -0.60, 1.05, 2.37, -1.35, 2.27, 3.80, -1.10, 2.67])
o.case("values", "a walk around a square", [turn.repeat(4, 1)], walk)
o.case(
    "values", "nine steps of one kind", [real.repeat(9, 1)], walk, widen=3
)  # nine products, one after the other
o.case("values", "six random steps", [o.normal(6, 9, scale=2.0)], walk, widen=3)
o.case("shapes", "one step", [o.normal(1, 9, scale=2.0)], walk)
o.case("gradient", "three steps", [o.normal(3, 9, scale=2.0)], walk, wrt=["0"], terms=20)
o.error("steps of two atoms", [o.normal(4, 6)], "steps")
o.error("one step without an axis", [o.normal(9)], "steps")
o.error("whole numbers", [o.ids(3, 9, below=9)], "steps")
o.error("three atoms in one place", [torch.ones(2, 9)], "line")
o.save()
