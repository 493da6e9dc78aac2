"""topKSae: the formula of Gao et al. 2024 (arXiv:2406.04093, §2.3) in float64, the k largest by a
stable sort of Python's, row by row; gradients by PyTorch's autograd.
"""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402

o = Oracle("topKSae")


def sae(x, params, k):
    scores = torch.nn.functional.linear(x - params["center"], params["encoder"].T, params["bias"])
    rows = []
    for row in scores:
        order = sorted(range(len(row)), key=lambda i: -float(row[i].detach()))  # stable
        kept = torch.zeros_like(row)
        kept[order[:k]] = 1.0
        rows.append(row * kept)
    latents = torch.stack(rows) if rows else scores
    reconstruction = torch.nn.functional.linear(latents, params["decoder"].T, params["center"])
    return {"latents": latents, "reconstruction": reconstruction}


def weights(C, F):
    return {
        "encoder": o.normal(C, F, scale=C**-0.5),
        "bias": o.normal(F, scale=0.3),
        "decoder": o.normal(F, C, scale=F**-0.5),
        "center": o.normal(C, scale=0.5),
    }


def tied():
    """Latents 0 and 3, 1 and 4, 2 and 5 always have the same score."""
    p = weights(4, 3)
    return {
        "encoder": torch.cat([p["encoder"]] * 2, 1),
        "bias": torch.cat([p["bias"]] * 2),
        "decoder": o.normal(6, 4),
        "center": p["center"],
    }


small = weights(4, 10)
o.case("values", "three of ten", [o.normal(5, 4), small, 3], sae)
o.case("values", "one of sixteen", [o.normal(6, 8), weights(8, 16), 1], sae)
o.case("values", "more than are above zero", [o.normal(5, 4), small, 8], sae)
o.case("values", "fewer latents than features", [o.normal(4, 8), weights(8, 5), 2], sae)
below = {**small, "bias": small["bias"] - 5}
o.case("values", "all scores are below zero", [o.normal(4, 4), below, 3], sae)
above = {**small, "bias": small["bias"] + 5}
o.case("values", "all scores are above zero", [o.normal(4, 4), above, 3], sae)
o.case("property", "of two equal scores the lower index is kept", [o.normal(6, 4), tied(), 1], sae)
o.case("property", "ties at the border of three", [o.normal(6, 4), tied(), 3], sae)
same = {**small, "encoder": torch.zeros(4, 10), "bias": torch.ones(10)}
o.case("property", "all scores are equal", [o.normal(3, 4), same, 4], sae)
o.case("shapes", "all are kept", [o.normal(3, 4), small, 10], sae)
o.case("shapes", "one activation", [o.normal(1, 4), small, 2], sae)
o.case("shapes", "one latent", [o.normal(3, 4), weights(4, 1), 1], sae)
o.case(
    "gradient",
    "x and all weights",
    [o.normal(4, 4), weights(4, 8), 3],
    sae,
    wrt=["0", "1.encoder", "1.bias", "1.decoder", "1.center"],
)
o.error("x has another width", [o.normal(3, 5), small, 2], "x")
o.error("bias of another length", [o.normal(3, 4), {**small, "bias": o.normal(4)}, 2], "bias")
o.error(
    "decoder is transposed", [o.normal(3, 4), {**small, "decoder": o.normal(4, 10)}, 2], "decoder"
)
o.error("k is zero", [o.normal(3, 4), small, 0], "k")
o.error("k is over F", [o.normal(3, 4), small, 11], "k")
o.error("half a latent", [o.normal(3, 4), small, 1.5], "k")
o.save()
