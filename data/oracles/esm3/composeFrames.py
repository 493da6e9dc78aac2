"""composeFrames: OpenFold's rot_matmul and rot_vec_mul of transformers, in float64."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402
from shared.protein_peers import compose, draw_frames  # noqa: E402

PACKAGES = ("numpy", "scipy", "torch", "transformers", "safetensors")
o = Oracle("composeFrames", packages=PACKAGES)
o.case("values", "seven pairs", [draw_frames(o, 7), draw_frames(o, 7)], compose)
o.case(
    "values",
    "a is far from the origin",
    [{**draw_frames(o, 3), "translation": o.normal(3, 3, scale=100.0)}, draw_frames(o, 3)],
    compose,
)
o.case("values", "with itself", [(turn := draw_frames(o, 2)), turn], compose)
o.case("shapes", "two frames", [draw_frames(o), draw_frames(o)], compose)
o.case("shapes", "one moves many", [draw_frames(o), draw_frames(o, 4)], compose)
o.case("shapes", "many move one", [draw_frames(o, 4), draw_frames(o)], compose)
o.case("shapes", "each with each", [draw_frames(o, 3, 1), draw_frames(o, 1, 2)], compose)
o.case(
    "gradient",
    "both frames",
    [draw_frames(o, 4), draw_frames(o, 4)],
    compose,
    wrt=["0.rotation", "0.translation", "1.rotation", "1.translation"],
    terms=10,
)
o.case(
    "gradient",
    "each with each",
    [draw_frames(o, 2, 1), draw_frames(o, 3)],
    compose,
    wrt=["0.rotation", "0.translation", "1.rotation", "1.translation"],
    terms=10,
)
o.error("three and two do not broadcast", [draw_frames(o, 3), draw_frames(o, 2)], "b")
o.error(
    "a has no rotations of three",
    [{"rotation": o.normal(3, 4, 4), "translation": o.normal(3, 3)}, draw_frames(o, 3)],
    "a.rotation",
)
o.error(
    "b has too few translations",
    [draw_frames(o, 3), {"rotation": o.normal(3, 3, 3), "translation": o.normal(2, 3)}],
    "b.translation",
)
o.save()
