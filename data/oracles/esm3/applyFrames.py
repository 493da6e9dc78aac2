"""applyFrames: OpenFold's rot_vec_mul of transformers, in float64."""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402
from shared.protein_peers import apply, draw_frames  # noqa: E402

PACKAGES = ("numpy", "scipy", "torch", "transformers", "safetensors")
o = Oracle("applyFrames", packages=PACKAGES)
o.case("values", "each frame its own point", [draw_frames(o, 7), o.normal(7, 3, scale=4.0)], apply)
o.case("values", "points far away", [draw_frames(o, 5), o.normal(5, 3, scale=100.0)], apply)
o.case(
    "values",
    "no turn, no move",
    [{"rotation": torch.eye(3), "translation": torch.zeros(3)}, o.normal(4, 3)],
    apply,
)
o.case("shapes", "one frame, many points", [draw_frames(o), o.normal(6, 3)], apply)
o.case("shapes", "one frame, one point", [draw_frames(o), o.normal(3)], apply)
o.case("shapes", "many frames, one point", [draw_frames(o, 4), o.normal(3)], apply)
o.case("shapes", "every frame, every point", [draw_frames(o, 3, 1), o.normal(1, 5, 3)], apply)
o.case(
    "shapes",
    "a batch of chains with points for each residue",
    [draw_frames(o, 2, 3, 1), o.normal(2, 3, 4, 3)],
    apply,
)
o.case(
    "gradient",
    "frames and points",
    [draw_frames(o, 4), o.normal(4, 3)],
    apply,
    wrt=["0.rotation", "0.translation", "1"],
    terms=10,
)
o.case(
    "gradient",
    "every frame, every point",
    [draw_frames(o, 3, 1), o.normal(4, 3)],
    apply,
    wrt=["0.rotation", "0.translation", "1"],
    terms=10,
)
o.error("points have two coordinates", [draw_frames(o, 4), o.normal(4, 2)], "points")
o.error("five points meet four frames", [draw_frames(o, 4), o.normal(5, 3)], "points")
o.error(
    "the rotation is a vector",
    [{"rotation": o.normal(3), "translation": o.normal(3)}, o.normal(3)],
    "rotation",
)
o.error(
    "one translation for four rotations",
    [{"rotation": o.normal(4, 3, 3), "translation": o.normal(3)}, o.normal(4, 3)],
    "translation",
)
o.save()
