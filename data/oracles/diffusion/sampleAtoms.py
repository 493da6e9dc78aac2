"""sampleAtoms: AlphaFold 3's algorithm 18 (Abramson et al. 2024, supplement), line by line in
float64, with turns by Hamilton's product; the denoisers are simple functions, written here once
more.
"""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402

from hamilton import move  # noqa: E402

o = Oracle("sampleAtoms")
DENOISERS = {
    "(y, s) => y.div(s.square().add(1).reshape([-1, 1, 1]))": lambda y, s: y / (1 + s * s),
    "(y, s) => tf.sin(y).mul(2).add(s.reshape([-1, 1, 1]).mul(0.2))": lambda y, s: (
        2 * torch.sin(y) + 0.2 * s
    ),
    "(y, s) => y.sum(-1).add(s.sum())": None,
}
shrinks, bends, short = ({"$function": text} for text in DENOISERS)


def sample(denoise, noise, levels, options=None):
    options = {"gamma0": 0.8, "gammaMin": 1.0, "noiseScale": 1.003, "stepScale": 1.5} | (
        options or {}
    )
    denoise = DENOISERS[denoise["$function"]]
    x = levels[0] * noise["start"]
    frames = [x]
    for tau in range(1, len(levels)):
        parts = {k: noise[k][tau - 1] for k in ("quaternions", "shifts")}
        x = move(x, parts)
        gamma = options["gamma0"] if levels[tau] > options["gammaMin"] else 0.0
        t_hat = levels[tau - 1] * (gamma + 1)
        variance = t_hat**2 - levels[tau - 1] ** 2
        x_noisy = x + options["noiseScale"] * variance**0.5 * noise["steps"][tau - 1]
        delta = (x_noisy - denoise(x_noisy, t_hat)) / t_hat
        x = x_noisy + options["stepScale"] * (levels[tau] - t_hat) * delta
        frames.append(x)
    return torch.stack(frames)


def noise(N, B=2, T=5):
    return {
        "start": o.normal(B, T, 3),
        "steps": o.normal(N, B, T, 3),
        "quaternions": o.normal(N, B, 4),
        "shifts": o.normal(N, B, 3),
    }


# a walk over several steps rounds once per step, so its atoms are off by a little more
def case(group, title, args):
    o.case(group, title, args, sample, widen=5)


case("values", "much noise", [shrinks, noise(3), [12.0, 7.0, 4.0, 2.0]])
case("values", "bent", [bends, noise(3), [4.0, 2.5, 1.5, 1.1]])
case("values", "around gammaMin", [bends, noise(4), [2.5, 1.5, 1.0, 0.6, 0.0]])
case("values", "below gammaMin", [shrinks, noise(2), [0.9, 0.5, 0.0]])
for name, value in (("gamma0", 0), ("gammaMin", 0), ("noiseScale", 0), ("noiseScale", 1.5)):
    case("values", f"{name} {value}", [bends, noise(3), [3.0, 1.5, 0.7, 0.2], {name: value}])
for name, value in (("gamma0", 0.2), ("gammaMin", 1.2), ("stepScale", 1), ("stepScale", 0.5)):
    case("values", f"{name} {value}", [bends, noise(2), [3.0, 1.5, 1.1], {name: value}])
every = {"gamma0": 0.4, "gammaMin": 0.5, "noiseScale": 0.9, "stepScale": 1.2}
case("property", "all options", [bends, noise(3), [3.0, 1.0, 0.5, 0.0], every])
case("property", "the last guess", [bends, noise(2), [1.0, 0.4, 0.0], {"stepScale": 1}])
case("shapes", "one step", [shrinks, noise(1), [3.0, 2.0]])
case("shapes", "one atom", [shrinks, noise(2, 1, 1), [3.0, 2.0, 0.0]])
case("shapes", "three chains of three", [bends, noise(2, 3, 3), [3.0, 2.0, 0.0]])
o.error("levels rise", [shrinks, noise(2), [1.0, 2.0, 3.0]], "levels")
o.error("one level", [shrinks, noise(1), [1.0]], "levels")
o.error("two equal levels", [shrinks, noise(2), [2.0, 2.0, 1.0]], "levels")
o.error("a level below 0", [shrinks, noise(2), [2.0, 1.0, -1.0]], "levels")
o.error("noise for fewer steps", [shrinks, noise(2), [3.0, 2.0, 1.0, 0.0]], "steps")
o.error(
    "shifts are missing a chain",
    [shrinks, noise(1) | {"shifts": o.normal(1, 1, 3)}, [2.0, 1.0]],
    "shifts",
)
o.error(
    "quaternions of three",
    [shrinks, noise(1) | {"quaternions": o.normal(1, 2, 3)}, [2.0, 1.0]],
    "quaternions",
)
o.error("gamma0 below 0", [shrinks, noise(1), [2.0, 1.0], {"gamma0": -1}], "gamma0")
o.error("stepScale is 0", [shrinks, noise(1), [2.0, 1.0], {"stepScale": 0}], "stepScale")
o.error("the guess has another shape", [short, noise(1), [2.0, 1.0]], "guess")
o.save()
