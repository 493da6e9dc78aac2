"""ddimStep: equations 12 and 16 of DDIM (Song, Meng & Ermon 2020, arXiv:2010.02502), on DDIM's own
path, where alpha = 1/(1 + sigma²) and z is divided by √(1 + sigma²), in float64.
"""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402

o = Oracle("ddimStep")


def step(z, denoised, sigma, next, options=None):
    options = options or {}
    eta, noise = options.get("eta", 0.0), options.get("noise", torch.zeros_like(z))
    now, later = 1 / (1 + sigma**2), 1 / (1 + next**2)
    x = z * now**0.5
    epsilon = (x - now**0.5 * denoised) / (1 - now) ** 0.5
    s = eta * ((1 - later) / (1 - now)) ** 0.5 * max(0.0, 1 - now / later) ** 0.5
    x = later**0.5 * denoised + max(0.0, 1 - later - s**2) ** 0.5 * epsilon + s * noise
    return x / later**0.5


some = lambda *shape: o.normal(*(shape or (3, 6)))
o.case("values", "eta 0", [some(), some(), 2.0, 1.2], step)
o.case("values", "eta 1", [some(), some(), 2.0, 1.2, {"eta": 1, "noise": some()}], step)
o.case("values", "eta 0.3", [some(), some(), 0.7, 0.1, {"eta": 0.3, "noise": some()}], step)
o.case("values", "from far away", [some(), some(), 80.0, 50.0, {"eta": 1, "noise": some()}], step)
o.case(
    "property", "eta 0 with noise", [some(), some(), 2.0, 1.2, {"eta": 0, "noise": some()}], step
)
o.case("property", "noise alone", [some(), some(), 2.0, 1.2, {"noise": some()}], step)
o.case("property", "to 0", [some(), some(), 0.5, 0.0], step)
o.case("property", "to 0 with eta 1", [some(), some(), 0.5, 0.0, {"eta": 1, "noise": some()}], step)
o.case("property", "no step", [some(), some(), 0.5, 0.5, {"eta": 1, "noise": some()}], step)
x, noise = some(), some()
o.case("property", "the guess is right", [x + 3 * noise, x, 3.0, 1.0], lambda *_: x + noise)
atoms = [some(2, 5, 3), some(2, 5, 3)]
o.case("shapes", "atoms", [*atoms, 9.0, 4.0, {"eta": 0.5, "noise": some(2, 5, 3)}], step)
o.case("shapes", "one row", [some(1, 4), some(1, 4), 1.0, 0.25], step)
wrt = ["0", "1", "4.noise"]
o.case("gradient", "all", [some(), some(), 2.0, 0.9, {"eta": 0.6, "noise": some()}], step, wrt=wrt)
o.error("no noise", [some(), some(), 2.0, 1.0, {"eta": 0.5}], "noise")
o.error("upward", [some(), some(), 1.0, 1.5], "next")
o.error("from level 0", [some(), some(), 0.0, 0.0], "sigma")
o.error("eta above 1", [some(), some(), 2.0, 1.0, {"eta": 1.2, "noise": some()}], "eta")
o.error("denoised of another shape", [some(), some(6, 3), 2.0, 1.0], "denoised")
o.save()
