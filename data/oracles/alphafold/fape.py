"""fape: algorithm 28 of AlphaFold 2's supplement written out in float64, residue by residue and
atom by atom.
"""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402
from shared.protein_peers import apply, draw_frames, invert  # noqa: E402

o = Oracle("fape")


def by_loops(frames, points, truth, true_points, options={}):
    one = lambda f, i: {"rotation": f["rotation"][i], "translation": f["translation"][i]}
    total, count = 0, 0
    for i in range(len(frames["rotation"])):
        for x, y in zip(points, true_points):
            gap = apply(invert(one(frames, i)), x) - apply(invert(one(truth, i)), y)
            total += (gap.square().sum() + 1e-4).sqrt().clamp(max=options.get("clamp", 10))
            count += 1
    return total / count / options.get("unit", 10)


def inputs(N, M, scale=3.0):
    return [
        draw_frames(o, N),
        o.normal(M, 3, scale=scale),
        draw_frames(o, N),
        o.normal(M, 3, scale=scale),
    ]


o.case("values", "four frames, five atoms", inputs(4, 5), by_loops)
o.case("values", "far apart, many clamped", inputs(3, 6, 12.0), by_loops)
o.case("values", "clamp 3, unit 1", [*inputs(4, 4), {"clamp": 3, "unit": 1}], by_loops)
same = inputs(4, 5)
o.case(
    "property",
    "a perfect prediction: 0.01 Å are left",
    [same[0], same[1], same[0], same[1]],
    by_loops,
    widen=3,
)  # the root of 1e-4, from coordinates of ten
mirror = torch.tensor([1.0, 1.0, -1.0])
chain = inputs(4, 4)
o.case(
    "property",
    "a mirror image is wrong",
    [chain[2], chain[1], chain[2], chain[1] * mirror],
    by_loops,
)
o.case("shapes", "one frame, one atom", inputs(1, 1), by_loops)
o.case("shapes", "one frame, seven atoms", inputs(1, 7), by_loops)
o.case(
    "gradient",
    "frames and atoms",
    inputs(3, 4, 1.0),
    by_loops,
    wrt=["0.rotation", "0.translation", "1"],
)
o.case(
    "gradient",
    "frames and atoms, some clamped",
    [*inputs(3, 4, 5.0), {"clamp": 6}],
    by_loops,
    wrt=["0.rotation", "0.translation", "1"],
)
bad = inputs(3, 4)
o.error("as many true atoms as frames, not as atoms", [*bad[:3], o.normal(3, 3)], "points")
o.error(
    "the truth has another number of frames",
    [bad[0], bad[1], draw_frames(o, 4), bad[3]],
    "predicted",
)
o.error("points have two coordinates", [bad[0], o.normal(4, 2), bad[2], o.normal(4, 2)], "oints")
o.case("values", "clamp 3 and nothing else", [*inputs(4, 4), {"clamp": 3}], by_loops)
o.case("values", "unit 2 and nothing else", [*inputs(4, 4), {"unit": 2}], by_loops)
o.case("values", "clamp 0: no error counts", [*inputs(3, 3), {"clamp": 0}], by_loops)
o.save()
