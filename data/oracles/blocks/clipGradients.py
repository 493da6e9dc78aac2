"""clipGradients: torch.linalg.vector_norm in float64. torch.nn.utils.clip_grad_norm_ adds 1e-6 to
the norm; the paper and we do not.
"""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402


def clip(gradients, max_norm):
    norm = (
        torch.linalg.vector_norm(torch.cat([g.reshape(-1) for g in gradients]))
        if gradients
        else torch.tensor(0.0, dtype=torch.float64)
    )
    scale = min(1.0, max_norm / norm.item()) if norm.item() > 0 else 1.0
    return {"gradients": [g * scale for g in gradients], "norm": norm}


def clip_smooth(gradients, max_norm):  # the same where the norm is too large, with a gradient
    norm = torch.linalg.vector_norm(torch.cat([g.reshape(-1) for g in gradients]))
    return {"gradients": [g * max_norm / norm for g in gradients], "norm": norm}


o = Oracle("clipGradients")
o.case("values", "two gradients, too long", [[o.normal(3, 4), o.normal(4)], 1.0], clip)
o.case("values", "short enough", [[o.normal(3, scale=0.1), o.normal(2, 2, scale=0.1)], 5.0], clip)
o.case("values", "the norm is the limit", [[torch.tensor([3.0, 4.0])], 5.0], clip)
o.case("values", "exploding", [[o.normal(5, scale=1e12), o.normal(2, scale=1e-3)], 1.0], clip)
o.case("values", "all zero", [[torch.zeros(3), torch.zeros(2, 2)], 1.0], clip)
o.case("values", "to nothing", [[o.normal(3)], 0], clip)
o.case("values", "tiny numbers", [[o.normal(6, scale=1e-6)], 1e-7], clip)
o.case("shapes", "scalars and rank four", [[torch.tensor(2.0), o.normal(2, 1, 2, 3)], 0.5], clip)
o.case("shapes", "an empty tensor among them", [[torch.zeros(0, 3), o.normal(3)], 0.5], clip)
o.case("shapes", "no gradients", [[], 1.0], clip)
o.case(
    "gradient",
    "both, too long",
    [[o.normal(3, 2), o.normal(4)], 1.0],
    clip_smooth,
    wrt=["0.0", "0.1"],
)
o.error("maxNorm is negative", [[o.normal(3)], -1], "maxNorm")
o.save()
