"""denoiseLoss: the weighted error of Karras et al. 2022 (arXiv:2206.00364, equation 8) in float64;
"noise" is the error of the noise that the guess implies, as DDPM has it.
"""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402

o = Oracle("denoiseLoss")
DENOISERS = {
    "(z, s) => z.div(s.square().add(1).reshape([-1, 1]))": lambda z, s: z / (1 + s**2)[:, None],
    "(z, s) => tf.tanh(z).add(s.reshape([-1, 1]))": lambda z, s: torch.tanh(z) + s[:, None],
    "(z, s) => z.mul(0).add(s.sum().mul(0))": lambda z, s: 0 * z,
    "(z, s) => tf.sin(z).mul(s.reshape([-1, 1, 1]))": lambda z, s: z.sin() * s[:, None, None],
    "(z, s) => tf.tanh(z).add(s)": lambda z, s: torch.tanh(z) + s,
    "(z, s) => z.sum(-1).add(s.sum())": None,
}
shrinks, bends, nothing, atoms, plain, short = ({"$function": text} for text in DENOISERS)


def loss(denoise, x, noise, sigma, options=None):
    options = {"sigmaData": 0.5, "weighting": "edm"} | (options or {})
    d, total = options["sigmaData"], 0.0
    noisy = torch.stack([row + s * n for row, n, s in zip(x, noise, sigma)])
    guesses = DENOISERS[denoise["$function"]](noisy, sigma)
    for row, guess, z, n, s in zip(x, guesses, noisy, noise, sigma):
        if options["weighting"] == "noise":
            total = total + torch.nn.functional.mse_loss((z - guess) / s, n)
        else:
            weight = (s**2 + d**2) / (s * d) ** 2 if options["weighting"] == "edm" else 1.0
            total = total + weight * torch.nn.functional.mse_loss(guess, row)
    return total / len(x)


def some(denoise, *shape):
    shape = shape or (4, 6)
    return [denoise, o.normal(*shape), o.normal(*shape), o.uniform(shape[0], low=0.1, high=4)]


o.case("values", "no options", some(shrinks), loss)
o.case("values", "edm", [*some(bends), {"weighting": "edm", "sigmaData": 1.3}], loss)
o.case("values", "sigmaData alone", [*some(bends), {"sigmaData": 0.3}], loss)
o.case("values", "noise", [*some(shrinks), {"weighting": "noise"}], loss)
o.case(
    "values",
    "noise does not know sigmaData",
    [*some(bends), {"weighting": "noise", "sigmaData": 3}],
    loss,
)
o.case("values", "none", [*some(bends), {"weighting": "none"}], loss)
far = torch.tensor([0.01, 0.5, 80.0])
o.case("property", "all levels", [nothing, o.normal(3, 5), o.normal(3, 5), far], loss)
o.case("property", "no data", [shrinks, torch.zeros(3, 5), o.normal(3, 5), far], loss)
o.case("property", "no noise", [shrinks, o.normal(3, 5), torch.zeros(3, 5), far], loss)
o.case("shapes", "atoms", [*some(atoms, 2, 5, 3), {"sigmaData": 6}], loss)
o.case("shapes", "square", some(bends, 4, 4), loss)
o.case("shapes", "one row", some(shrinks, 1, 5), loss)
o.case("shapes", "a row is one number", some(plain, 4), loss)
for weighting in ("edm", "noise", "none"):
    args = [*some(bends, 3, 4), {"weighting": weighting}]
    o.case("gradient", weighting, args, loss, wrt=["1", "2"])
o.error("another weighting", [*some(shrinks), {"weighting": "min-snr"}], "weighting")
o.error("noise of another shape", [shrinks, o.normal(2, 4), o.normal(4), o.uniform(2)], "noise")
o.error("level 0", [shrinks, o.normal(2, 4), o.normal(2, 4), torch.tensor([1.0, 0.0])], "sigma")
o.error("levels for three rows", [shrinks, o.normal(2, 4), o.normal(2, 4), o.uniform(3)], "sigma")
o.error("sigmaData is 0", [*some(shrinks), {"sigmaData": 0}], "sigmaData")
o.error("the guess has another shape", some(short), "guess")
o.save()
