"""invertFrames: OpenFold's inverse in float64; SciPy's rotations agree."""

import pathlib
import sys

import torch
from scipy.spatial.transform import Rotation

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402
from shared.protein_peers import draw_frames, invert  # noqa: E402

PACKAGES = ("numpy", "scipy", "torch", "transformers", "safetensors")


def inverse(frames):
    found = invert(frames)
    peer = torch.from_numpy(
        Rotation.from_matrix(frames["rotation"].detach().reshape(-1, 3, 3).numpy())
        .inv()
        .as_matrix()
    )
    assert torch.allclose(
        peer.reshape(found["rotation"].shape), found["rotation"].detach(), atol=1e-6
    )
    return found


o = Oracle("invertFrames", packages=PACKAGES)
o.case("values", "seven frames", [draw_frames(o, 7)], inverse)
o.case(
    "values",
    "far from the origin",
    [{**draw_frames(o, 3), "translation": o.normal(3, 3, scale=100.0)}],
    inverse,
)
o.case("values", "no turn", [{"rotation": torch.eye(3), "translation": o.normal(3)}], inverse)
o.case("shapes", "one frame", [draw_frames(o)], inverse)
o.case("shapes", "two chains of four", [draw_frames(o, 2, 4)], inverse)
o.case(
    "gradient",
    "rotation and translation",
    [draw_frames(o, 4)],
    invert,
    wrt=["0.rotation", "0.translation"],
    terms=10,
)
o.error(
    "the rotation is no matrix of three",
    [{"rotation": o.normal(4, 3, 2), "translation": o.normal(4, 3)}],
    "rotation",
)
o.error(
    "translations of another chain",
    [{"rotation": o.normal(4, 3, 3), "translation": o.normal(3, 3)}],
    "translation",
)
o.save()
