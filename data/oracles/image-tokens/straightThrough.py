"""straightThrough: forward the codes themselves; backward PyTorch's autograd through z alone,
which is what z + (codes - z).detach() is for.
"""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402


def backward(z, codes):
    return z + 0 * codes  # what the estimator differentiates: all of z, nothing of codes


o = Oracle("straightThrough")
exact = lambda z, codes: codes
o.case("values", "codes come through", [o.normal(4, 3), o.normal(4, 3)], exact)
o.case(
    "property",
    "bit by bit, where z + (codes - z) would round",
    [o.normal(3, 5, scale=1e6), o.normal(3, 5, scale=1e-6)],
    exact,
)
o.case("shapes", "one number", [o.normal(), o.normal()], exact)
o.case("shapes", "rank four", [o.normal(2, 3, 1, 4), o.normal(2, 3, 1, 4)], exact)
o.case("shapes", "nothing", [torch.zeros(0, 3), torch.zeros(0, 3)], exact)
o.case(
    "gradient",
    "all of it to z, none to codes",
    [o.normal(4, 3), o.normal(4, 3)],
    backward,
    wrt=["0", "1"],
)
o.case("gradient", "rank three", [o.normal(2, 3, 2), o.normal(2, 3, 2)], backward, wrt=["0"])
o.error("codes have another shape", [o.normal(4, 3), o.normal(3, 4)], "codes")
o.error("codes would broadcast", [o.normal(4, 3), o.normal(3)], "codes")
o.error("z holds whole numbers", [o.ids(2, 2, below=4), o.normal(2, 2)], "z")
o.save()
