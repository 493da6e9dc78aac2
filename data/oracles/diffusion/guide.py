"""guide: equation 6 of Ho & Salimans 2022 (arXiv:2207.12598), (1 + w)·conditional − w·unconditional
with w = scale − 1, and equations 15 and 16 of Lin et al. 2023 (arXiv:2305.08891), in float64.
"""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402

o = Oracle("guide")


def guided(conditional, unconditional, scale, options=None):
    w, phi = scale - 1, (options or {}).get("rescale", 0)
    mixed = (1 + w) * conditional - w * unconditional
    axes = list(range(1, mixed.dim()))
    std = lambda x: x.std(dim=axes, keepdim=True, correction=0)
    ratio = std(conditional) / std(mixed)
    return phi * mixed * ratio + (1 - phi) * mixed


pair = lambda *shape: [o.normal(*(shape or (3, 6)), mean=1), o.normal(*(shape or (3, 6)), scale=2)]
for scale in (0.5, 2.0, 7.5):
    o.case("values", f"scale {scale}", [*pair(), scale], guided)
    args = [*pair(), scale, {"rescale": 0.7}]
    o.case("values", f"scale {scale}, rescaled", args, guided)
o.case("values", "rescaled in full", [*pair(), 3.0, {"rescale": 1}], guided)
o.case("property", "scale 0", [*pair(), 0], guided)
o.case("property", "scale 1", [*pair(), 1], guided)
o.case("property", "scale 1, rescaled: nothing changes", [*pair(), 1, {"rescale": 1}], guided)
o.case("property", "rescale 0", [*pair(), 3.0, {"rescale": 0}], guided)
o.case("shapes", "atoms", [*pair(2, 4, 3), 3.0, {"rescale": 0.5}], guided)
o.case("shapes", "one row", [*pair(1, 5), 3.0, {"rescale": 0.5}], guided)
o.case("gradient", "both", [*pair(3, 4), 2.5], guided, wrt=["0", "1"])
o.case("gradient", "both, rescaled", [*pair(3, 4), 2.5, {"rescale": 0.6}], guided, wrt=["0", "1"])
o.error("shapes differ", [o.normal(2, 4), o.normal(2, 5), 2], "unconditional")
o.error("a negative scale", [*pair(), -0.5], "scale")
o.error("rescale below 0", [*pair(), 2, {"rescale": -0.1}], "rescale")
o.error("rescale above 1", [*pair(), 2, {"rescale": 1.1}], "rescale")
o.save()
