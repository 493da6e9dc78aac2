"""saeLoss: the loss of Gao et al. 2024 (arXiv:2406.04093, appendix A.2) in float64, L + α·L_aux
with the error detached as in github.com/openai/sparse_autoencoder, and means in place of sums; the
k largest by a stable sort of Python's, row by row; gradients by PyTorch's autograd.
"""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402

o = Oracle("saeLoss")


def largest(scores, k, allowed):
    """The scores of the k largest of the allowed latents, and 0 for the others."""
    rows = []
    for row in scores:
        order = sorted(allowed, key=lambda i: -float(row[i].detach()))  # stable
        kept = torch.zeros_like(row)
        kept[order[:k]] = 1.0
        rows.append(row * kept)
    return torch.stack(rows)


def loss(x, params, k, options=None, error=None):
    """error: what the dead latents describe, as a constant; x − x̂, detached, unless it is given."""
    options = options or {}
    dead = [int(i) for i in options.get("dead", [])]
    encode = torch.nn.functional.linear
    scores = encode(x - params["center"], params["encoder"].T, params["bias"])
    latents = largest(scores, k, range(scores.shape[1]))
    rebuilt = encode(latents, params["decoder"].T, params["center"])
    result = torch.nn.functional.mse_loss(rebuilt, x)
    if not dead:
        return result
    if error is None:
        error = (x - rebuilt).detach()
    guess = encode(largest(scores, options.get("kAux", k), dead), params["decoder"].T)
    return result + options.get("alpha", 1 / 32) * torch.nn.functional.mse_loss(guess, error)


def weights(C, F):
    return {
        "encoder": o.normal(C, F, scale=C**-0.5),
        "bias": o.normal(F, scale=0.3),
        "decoder": o.normal(F, C, scale=F**-0.5),
        "center": o.normal(C, scale=0.5),
    }


small = weights(4, 10)
some = {"dead": [1, 4, 5, 8], "kAux": 2, "alpha": 0.5}
o.case("values", "no latent is dead", [o.normal(5, 4), small, 3], loss)
o.case("values", "an empty list of dead latents", [o.normal(5, 4), small, 3, {"dead": []}], loss)
o.case(
    "values", "two of four dead latents describe the error", [o.normal(5, 4), small, 3, some], loss
)
o.case(
    "values",
    "kAux is k by default",
    [o.normal(6, 4), small, 2, {"dead": [0, 3, 9], "alpha": 1.0}],
    loss,
)
o.case(
    "values",
    "alpha is 1/32 by default",
    [o.normal(6, 4), small, 1, {"dead": [2, 6, 7], "kAux": 2}],
    loss,
)
o.case("values", "alpha is 0", [o.normal(6, 4), small, 1, {"dead": [2, 6, 7], "alpha": 0}], loss)
o.case(
    "values",
    "only one dead latent, below kAux",
    [o.normal(6, 4), small, 3, {"dead": [7], "kAux": 5}],
    loss,
)
below = {**small, "bias": small["bias"] - 5}
o.case("values", "all scores are below zero", [o.normal(4, 4), below, 2, some], loss)
o.case("values", "a dead latent is among the k largest", [o.normal(8, 4), small, 5, some], loss)
same = {**small, "encoder": torch.zeros(4, 10), "bias": torch.ones(10)}
o.case("property", "all scores are equal", [o.normal(3, 4), same, 4, some], loss)
o.case(
    "property",
    "all latents are dead",
    [o.normal(3, 4), small, 2, {"dead": list(range(10)), "alpha": 1.0}],
    loss,
)
o.case("shapes", "one activation", [o.normal(1, 4), small, 2, some], loss)
o.case(
    "shapes",
    "fewer latents than features",
    [o.normal(3, 8), weights(8, 4), 1, {"dead": [0, 3]}],
    loss,
)
wrt = ["0", "1.encoder", "1.bias", "1.decoder", "1.center"]
o.case("gradient", "without dead latents", [o.normal(4, 4), weights(4, 8), 3], loss, wrt=wrt)
args = [o.normal(4, 4), weights(4, 8), 2, {"dead": [1, 2, 6], "kAux": 2, "alpha": 1.0}]
wide = {name: weight.double() for name, weight in args[1].items()}
scores = (args[0].double() - wide["center"]) @ wide["encoder"] + wide["bias"]
rebuilt = largest(scores, 2, range(8)) @ wide["decoder"] + wide["center"]
missed = args[0].double() - rebuilt  # so the oracle's check by differences holds it fixed, too
o.case("gradient", "with dead latents", args, lambda *a: loss(*a, error=missed), wrt=wrt)
o.error("x has another width", [o.normal(3, 5), small, 2], "x")
o.error("k is over F", [o.normal(3, 4), small, 11], "k")
o.error("a dead latent that isn't there", [o.normal(3, 4), small, 2, {"dead": [10]}], "dead")
o.error("dead isn't ascending", [o.normal(3, 4), small, 2, {"dead": [4, 1]}], "dead")
o.error("kAux is zero", [o.normal(3, 4), small, 2, {"dead": [1], "kAux": 0}], "kAux")
o.save()
