"""yarnRates: section 3.2 of Peng et al. 2023 (arXiv:2309.00071) by wavelengths, in float64."""

import math
import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402

o = Oracle("yarnRates")


def rates(D, options):
    base, s = options.get("base", 10000), options.get("scale", 1)
    slow, fast = options.get("slow", 1), options.get("fast", 32)
    found = []
    for pair in range(D // 2):
        wavelength = 2 * math.pi * base ** (2 * pair / D)
        r = options["length"] / wavelength
        theta = 2 * math.pi / wavelength
        if r < slow:
            kept = 0.0
        elif r > fast:
            kept = 1.0
        else:
            kept = (r - slow) / (fast - slow)
        found.append((1 - kept) * theta / s + kept * theta)
    return torch.tensor(found, dtype=torch.float64).tolist()


o.case("values", "Llama 2 read sixteen times as far", [128, {"length": 4096, "scale": 16}], rates)
o.case("values", "a base of 500,000", [64, {"length": 8192, "scale": 4, "base": 500000}], rates)
o.case("values", "texts of 64 letters", [16, {"length": 64, "scale": 8}], rates)
o.case("values", "other borders", [16, {"length": 64, "scale": 8, "slow": 0.5, "fast": 4}], rates)
o.case("values", "slow is 0", [16, {"length": 64, "scale": 8, "slow": 0, "fast": 2}], rates)
o.case(
    "values", "fast is below 1", [16, {"length": 64, "scale": 2, "slow": 0.1, "fast": 0.5}], rates
)
o.case("values", "a scale with a fraction", [32, {"length": 512, "scale": 2.5}], rates)
o.case("property", "no scale: the rates of RoPE", [16, {"length": 64}], rates)
o.case("property", "a scale of 1", [16, {"length": 64, "scale": 1}], rates)
o.case(
    "property",
    "all pairs are fast",
    [8, {"length": 4096, "scale": 8, "slow": 0.1, "fast": 0.2}],
    rates,
)
o.case("property", "all pairs are slow", [8, {"length": 2, "scale": 8}], rates)
o.case("shapes", "one pair", [2, {"length": 128, "scale": 4}], rates)
o.error("D is odd", [15, {"length": 64}], "D")
o.error("length is 0", [16, {"length": 0}], "length")
o.error("scale is below 1", [16, {"length": 64, "scale": 0.5}], "scale")
o.error("base is 0", [16, {"length": 64, "base": 0}], "base")
o.error("slow is negative", [16, {"length": 64, "slow": -1}], "slow")
o.error("fast is slow", [16, {"length": 64, "slow": 2, "fast": 2}], "fast")
o.save()
