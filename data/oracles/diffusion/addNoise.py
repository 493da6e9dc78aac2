"""addNoise: z = a·x + b·noise row by row in float64, with the signal and noise of each path."""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402

o = Oracle("addNoise")


def mix(x, noise, time, path="edm"):
    rows = []
    for row, n, t in zip(x, noise, time):
        angle = t * torch.pi / 2
        a, b = {
            "edm": (1.0, t),
            "cosine": (torch.cos(angle), torch.sin(angle)),
            "flow": (1 - t, t),
        }[path]
        rows.append(torch.add(a * row, b * n))
    return torch.stack(rows)


pair = lambda *shape: [o.normal(*shape), o.normal(*shape)]
times = lambda n, high=1.0: o.uniform(n, high=high)
o.case("values", "edm", [*pair(5, 7), times(5, 8.0), "edm"], mix)
o.case("values", "no path", [*pair(4, 7), times(4, 3.0)], mix)
o.case("values", "cosine", [*pair(5, 7), times(5), "cosine"], mix)
o.case("values", "flow", [*pair(5, 7), times(5), "flow"], mix)
ends = torch.tensor([0.0, 1.0, 0.5])
for path in ("edm", "cosine", "flow"):
    o.case("property", f"{path} at 0, 1 and a half", [*pair(3, 4), ends, path], mix)
o.case("property", "edm far beyond 1", [*pair(2, 4), torch.tensor([80.0, 0.002])], mix)
o.case("shapes", "atoms", [*pair(2, 5, 3), times(2), "flow"], mix)
o.case("shapes", "square", [*pair(4, 4), times(4), "cosine"], mix)
o.case("shapes", "a row of one number", [*pair(3, 1), times(3)], mix)
o.case("shapes", "numbers without axes of their own", [*pair(3), times(3), "flow"], mix)
for path in ("edm", "cosine", "flow"):
    o.case("gradient", path, [*pair(3, 4), times(3), path], mix, wrt=["0", "1"])
o.error("another path", [*pair(3, 4), times(3), "vp"], "path")
o.error("noise of another shape", [o.normal(3, 4), o.normal(4, 3), times(3)], "noise")
o.error("one time for three rows", [*pair(3, 4), times(1)], "time")
o.error("a negative time", [*pair(2, 4), torch.tensor([0.5, -0.1])], "time")
o.error("cosine beyond 1", [*pair(2, 4), torch.tensor([0.5, 1.1]), "cosine"], "time")
o.save()
