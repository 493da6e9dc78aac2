"""alignedRmsd: Biopython's SVDSuperimposer in float64; SciPy's Rotation.align_vectors agrees, and
gradients come through torch's SVD.
"""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import numpy as np  # noqa: E402
from Bio.SVDSuperimposer import SVDSuperimposer  # noqa: E402
from oracle import Oracle  # noqa: E402
from scipy.spatial.transform import Rotation  # noqa: E402

o = Oracle(
    "alignedRmsd", packages=("biopython", "numpy", "scipy", "torch", "transformers", "safetensors")
)


def peer(predicted, truth):
    p, q = predicted.numpy(), truth.numpy()
    sup = SVDSuperimposer()
    sup.set(q, p)
    sup.run()
    _, left = Rotation.align_vectors(q - q.mean(0), p - p.mean(0))
    assert abs(sup.get_rms() - left / np.sqrt(len(p))) < 1e-5, (
        sup.get_rms(),
        left / np.sqrt(len(p)),
    )
    return torch.tensor(sup.get_rms()).double()


def by_svd(predicted, truth):
    p, q = predicted - predicted.mean(0), truth - truth.mean(0)
    U, _, V = torch.linalg.svd(p.T @ q)
    turn = (
        U
        @ torch.diag(
            torch.stack([torch.ones(()).double(), torch.ones(()).double(), torch.linalg.det(U @ V)])
        )
        @ V
    )
    return (p @ turn - q).square().sum(-1).mean().sqrt()


turn = torch.from_numpy(Rotation.random(random_state=1).as_matrix()).float()
p = o.normal(12, 3, scale=8.0)
o.case("values", "two clouds", [o.normal(10, 3), o.normal(10, 3)], peer)
o.case("values", "turned, moved, and noise of 1 Å", [p, p @ turn + 30 + o.normal(12, 3)], peer)
o.case("values", "far from the origin", [p + 50, o.normal(12, 3, scale=8.0) - 50], peer, terms=50)
o.case("property", "a mirror image does not fit", [p * torch.tensor([-1.0, 1, 1]), p], peer)
o.case(
    "property",
    "turned and moved only",
    [p, (p.double() @ turn.double() + 3).float()],
    peer,
    terms=40,
)
o.case(
    "property",
    "half a turn",
    [p, p * torch.tensor([-1.0, -1, 1])],
    lambda p, q: torch.zeros(()).double(),
    terms=40,
)
o.case("property", "the same twice", [p, p], lambda p, q: torch.zeros(()).double(), terms=40)
o.case(
    "shapes",
    "one point",
    [o.normal(1, 3), o.normal(1, 3)],
    lambda p, q: torch.zeros(()).double(),
    terms=1.0,
)
o.case(
    "shapes",
    "two points, 2 and 4 apart",
    [torch.tensor([[0.0, 0, 0], [2, 0, 0]]), torch.tensor([[0.0, 1, 0], [0, 1, 4]])],
    lambda p, q: torch.ones(()).double(),
)
o.case(
    "shapes",
    "points on one line",
    [
        torch.tensor([[0.0, 0, 0], [1, 0, 0], [3, 0, 0]]),
        torch.tensor([[0.0, 0, 0], [0, 2, 0], [0, 3, 0]]),
    ],
    by_svd,
)
o.case("gradient", "both", [o.normal(8, 3), o.normal(8, 3)], by_svd, wrt=["0", "1"])
o.case(
    "gradient",
    "a mirror image",
    [p * torch.tensor([-1.0, 1, 1]), p + o.normal(12, 3)],
    by_svd,
    wrt=["0", "1"],
)
o.error("another number of points", [o.normal(4, 3), o.normal(5, 3)], "predicted")
o.error("two coordinates", [o.normal(4, 2), o.normal(4, 2)], "truth")
fits = lambda p, q: (
    ((p - p.mean(0)) - (q - q.mean(0))).square().sum(-1).mean().add(1e-12).sqrt()
)  # one point needs no turn
o.case(
    "gradient",
    "one point, which always fits: no slope",
    [o.normal(1, 3), o.normal(1, 3)],
    fits,
    wrt=["0", "1"],
)
o.save()
