"""flowStep: Euler's and Heun's steps as explicit Runge–Kutta methods, from their Butcher tableaus,
in float64; the velocities are simple functions, written here once more.
"""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402

o = Oracle("flowStep")
VELOCITIES = {
    "(z, t) => tf.cos(z).mul(t).add(t)": lambda z, t: torch.cos(z) * t + t,
    "(z, t) => z.sub(tf.tanh(z)).div(t)": lambda z, t: (z - torch.tanh(z)) / t,
    "(z, t) => z.div(t * t + 1).mul(t)": lambda z, t: z / (t * t + 1) * t,
    "(z, t) => z.mul(0).sub(2)": lambda z, t: 0 * z - 2,
    "(z, t) => z.mean(-1).mul(t)": None,
}
bent, guesses, gaussian, straight, short = ({"$function": text} for text in VELOCITIES)
TABLEAUS = {"euler": ([[]], [1.0]), "heun": ([[], [1.0]], [0.5, 0.5])}


def step(velocity, z, time, next, method="euler"):
    velocity, h = VELOCITIES[velocity["$function"]], next - time
    stages, weights = TABLEAUS["euler" if next == 0 else method]
    slopes = []
    for row in stages:
        y = z + h * sum((a * k for a, k in zip(row, slopes)), torch.zeros_like(z))
        slopes.append(velocity(y, time + h * sum(row)))
    return z + h * sum(b * k for b, k in zip(weights, slopes))


some = lambda *shape: o.normal(*(shape or (3, 5)))
for method in ("euler", "heun"):
    o.case("values", f"{method}, bent", [bent, some(), 1.0, 0.6, method], step)
    o.case("values", f"{method}, EDM", [guesses, some(), 5.0, 3.5, method], step)
    o.case("values", f"{method}, Gaussian", [gaussian, some(), 2.0, 1.0, method], step)
    o.case("property", f"{method}, straight", [straight, some(), 1.0, 0.25, method], step)
    o.case("property", f"{method}, to 0", [guesses, some(), 0.4, 0.0, method], step)
    o.case("property", f"{method}, no step", [bent, some(), 0.4, 0.4, method], step)
    o.case("gradient", method, [bent, some(), 1.0, 0.5, method], step, wrt=["1"])
o.case("values", "no method", [bent, some(), 1.5, 0.5], step)
o.case("shapes", "atoms", [gaussian, some(2, 4, 3), 3.0, 1.0, "heun"], step)
o.case("shapes", "one number", [gaussian, some(1), 3.0, 1.0, "heun"], step)
o.error("upward", [bent, some(), 0.5, 0.9], "next")
o.error("from time 0", [bent, some(), 0.0, 0.0], "time")
o.error("below 0", [bent, some(), 0.5, -0.1], "next")
o.error("another method", [bent, some(), 1.0, 0.5, "rk4"], "method")
o.error("velocity of another shape", [short, some(), 1.0, 0.5], "velocity")
o.save()
