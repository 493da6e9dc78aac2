"""backboneUpdate: SciPy's rotation of the quaternion in float64; gradients from algorithm 23
written out.
"""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402
from scipy.spatial.transform import Rotation  # noqa: E402

o = Oracle("backboneUpdate", packages=("numpy", "scipy", "torch", "transformers", "safetensors"))


def written_out(six):
    b, c, d = (six[..., :3] / (1 + six[..., :3].square().sum(-1, keepdim=True)).sqrt()).unbind(-1)
    a = 1 / (1 + six[..., :3].square().sum(-1)).sqrt()
    rows = [
        a * a + b * b - c * c - d * d,
        2 * b * c - 2 * a * d,
        2 * b * d + 2 * a * c,
        2 * b * c + 2 * a * d,
        a * a - b * b + c * c - d * d,
        2 * c * d - 2 * a * b,
        2 * b * d - 2 * a * c,
        2 * c * d + 2 * a * b,
        a * a - b * b - c * c + d * d,
    ]
    return {
        "rotation": torch.stack(rows, -1).reshape(*six.shape[:-1], 3, 3),
        "translation": six[..., 3:],
    }


def peer(six):
    bcd = six[..., :3].reshape(-1, 3)
    turns = Rotation.from_quat(
        torch.cat([bcd, torch.ones(len(bcd), 1).double()], -1).numpy()
    ).as_matrix()  # scalar last, any length
    return {
        "rotation": torch.from_numpy(turns).reshape(*six.shape[:-1], 3, 3),
        "translation": six[..., 3:],
    }


o.case("values", "five residues", [o.normal(5, 6)], peer)
o.case("values", "large numbers", [o.normal(4, 6, scale=20.0)], peer)
o.case("property", "zeros are no move", [torch.zeros(2, 6)], peer)
o.case("shapes", "two chains", [o.normal(2, 3, 6)], peer)
o.case("gradient", "the six numbers", [o.normal(3, 6)], written_out, wrt=["0"])
o.error("seven numbers", [o.normal(3, 7)], "six")
o.save()
