"""linearProbe: PyTorch's least squares (QR) on the stacked system, in float64: the examples with a
column of ones for the bias, below them √ridge·I without it. No normal equations, no centering.
"""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402

o = Oracle("linearProbe")


def probe(x, y, options):
    x, (N, D), K = x.double(), x.shape, options["classes"]
    ridge = options.get("ridge", 1)
    ones = torch.ones(N, 1, dtype=torch.float64)
    held = torch.cat([ridge**0.5 * torch.eye(D).double(), torch.zeros(D, 1).double()], 1)
    stacked = torch.cat([torch.cat([x, ones], 1), held])
    targets = torch.nn.functional.one_hot(y.long(), K).double()
    targets = torch.cat([targets, torch.zeros(D, K).double()])
    found = torch.linalg.lstsq(stacked, targets).solution
    return {"weights": found[:D], "bias": found[D]}


def args(N, D, K, **options):
    return [o.normal(N, D), o.ids(N, below=K), {"classes": K, **options}]


def planted(N, D, at):
    """Two classes that differ by ±2 along one direction, in noise along all others."""
    x, y = o.normal(N, D), o.ids(N, below=2)
    x[:, at] = 4.0 * y - 2.0 + 0.1 * o.normal(N)
    return [x, y, {"classes": 2}]


o.case("values", "two classes", args(12, 4, 2), probe)
o.case("values", "three classes", args(15, 5, 3), probe)
o.case("values", "ridge is 10", args(12, 4, 2, ridge=10), probe)
o.case("values", "ridge is one tenth", args(20, 4, 3, ridge=0.1), probe)
far = args(12, 4, 2)
far[0] = far[0] + torch.tensor([5.0, -3.0, 2.0, 0.0])
o.case("values", "features far from zero", far, probe)
one_sided = args(12, 4, 2)
one_sided[1][:9] = 1
o.case("values", "one class has most examples", one_sided, probe)
o.case("values", "fewer examples than features", args(4, 9, 2), probe)
o.case("property", "a planted direction", planted(24, 6, 3), probe)
o.case(
    "property", "ridge is a million: the shares of the classes", args(10, 3, 3, ridge=1e6), probe
)
constant = args(10, 4, 2)
constant[0][:, 2] = 3.0
o.case("property", "a feature never changes", constant, probe)
twins = args(10, 4, 2)
twins[0][:, 3] = twins[0][:, 0]
o.case("property", "two features are equal", twins, probe)
missing = args(8, 3, 4)
missing[1] = missing[1].clamp(max=2)
o.case("property", "a class has no example", missing, probe)
single = args(6, 3, 2)
single[1] = torch.ones(6, dtype=torch.int32)
o.case("property", "all examples are of one class", single, probe)
o.case("shapes", "one example", args(1, 3, 2), probe)
o.case("shapes", "one feature", args(8, 1, 3), probe)
o.case("shapes", "one class", args(5, 3, 1), probe)
bad = args(4, 3, 2)
o.error("labels of another length", [bad[0], bad[1][:3], {"classes": 2}], "y")
o.error("a label is out of range", [bad[0], bad[1] + 1, {"classes": 1}], "y")
o.error("ridge is 0", [bad[0], bad[1], {"classes": 2, "ridge": 0}], "ridge")
o.error("no classes", [bad[0], bad[1], {"classes": 0}], "classes")
o.save()
