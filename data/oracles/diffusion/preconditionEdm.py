"""preconditionEdm: equation 7 and table 1 of Karras et al. 2022 (arXiv:2206.00364) row by row in
float64; the networks are simple functions, written here once more.
"""

import math
import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402

o = Oracle("preconditionEdm")
NETWORKS = {
    "(x, c) => tf.tanh(x).add(c.reshape([-1, 1]))": lambda x, c: torch.tanh(x) + c[:, None],
    "(x, c) => x.square().mul(c.reshape([-1, 1]))": lambda x, c: x**2 * c[:, None],
    "(x, c) => x.mul(0).add(c.sum().mul(0))": lambda x, c: 0 * x,
    "(x, c) => tf.sin(x).add(c.reshape([-1, 1, 1]))": lambda x, c: x.sin() + c[:, None, None],
    "(x, c) => x.sum(-1).add(c.sum())": None,
}
tanh, squares, zero, atoms, short = ({"$function": text} for text in NETWORKS)


def denoiser(network, z, sigma, d=0.5):
    network, rows = NETWORKS[network["$function"]], []
    for row, s in zip(z, sigma.tolist()):
        c_skip = d**2 / (s**2 + d**2)
        c_out, c_in = s * d / math.hypot(s, d), 1 / math.hypot(s, d)
        c_noise = torch.tensor([math.log(s) / 4], dtype=torch.float64)
        rows.append(c_skip * row + c_out * network(c_in * row[None], c_noise)[0])
    return torch.stack(rows)


levels = lambda n, high=5.0: o.uniform(n, low=0.05, high=high)
o.case("values", "tanh", [tanh, o.normal(5, 6, scale=2), levels(5), 0.7], denoiser)
o.case("values", "squares", [squares, o.normal(5, 6, scale=2), levels(5), 1.4], denoiser)
o.case("values", "no sigmaData", [tanh, o.normal(4, 6), levels(4)], denoiser)
wide = torch.tensor([0.002, 0.5, 1.0, 80.0])
o.case(
    "property", "from hardly any noise to hardly any data", [tanh, o.normal(4, 6), wide], denoiser
)
o.case("property", "the network is silent", [zero, o.normal(4, 6), wide, 0.5], denoiser)
o.case(
    "property",
    "sigma is sigmaData",
    [squares, o.normal(2, 6), torch.full((2,), 3.0), 3.0],
    denoiser,
)
o.case("shapes", "atoms", [atoms, o.normal(3, 5, 3, scale=8), levels(3, 30.0), 6.0], denoiser)
o.case("shapes", "square", [tanh, o.normal(4, 4), levels(4), 0.5], denoiser)
o.case("shapes", "one row", [tanh, o.normal(1, 5), levels(1)], denoiser)
o.case("gradient", "z", [tanh, o.normal(3, 4), levels(3), 0.7], denoiser, wrt=["1"])
o.case("gradient", "z, squares", [squares, o.normal(3, 4), levels(3), 0.7], denoiser, wrt=["1"])
o.error("level 0", [tanh, o.normal(2, 4), torch.tensor([0.0, 1.0])], "sigma")
o.error("a negative level", [tanh, o.normal(2, 4), torch.tensor([1.0, -1.0])], "sigma")
o.error("one level for two rows", [tanh, o.normal(2, 4), levels(1)], "sigma")
o.error("sigmaData below 0", [tanh, o.normal(2, 4), levels(2), -0.5], "sigmaData")
o.error("the network returns another shape", [short, o.normal(2, 4), levels(2)], "network")
o.save()
