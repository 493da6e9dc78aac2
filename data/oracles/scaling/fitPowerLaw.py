"""fitPowerLaw: numpy's least squares on the rows 1/y and x^(−α)/y, for each exponent in turn."""

import pathlib
import sys

import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402

EXPONENTS = [i / 100 for i in range(1, 101)]


def law(x, y, options=None):
    x, y = np.array(x, float), np.array(y, float)
    given = (options or {}).get("irreducible")
    ones, best = np.ones(len(y)), None
    for alpha in (options or {}).get("exponents", EXPONENTS):
        # columns of about the same size
        unit = np.median(x)
        power = (x / unit) ** -alpha / y
        alone = lambda E: [E, np.linalg.lstsq(power[:, None], ones - E / y, rcond=None)[0][0]]
        found = np.linalg.lstsq(np.stack([1 / y, power], 1), ones, rcond=None)[0]
        E, A = alone(given) if given is not None else found if found[0] >= 0 else alone(0.0)
        error = float((((E / y) + A * power - 1) ** 2).sum())
        if best is None or error < best[0]:
            best = (
                error,
                {"irreducible": float(E), "scale": float(A * unit**alpha), "exponent": alpha},
            )
    return best[1]


o = Oracle("fitPowerLaw", packages=("numpy", "torch", "safetensors"))
grid = [2.0**i for i in range(8)]


def drawn(x, E, A, alpha, noise=0.0):
    x = np.array(x)
    return ((E + A * x**-alpha) * (1 + noise * o.rng.uniform(-1, 1, len(x)))).tolist()


o.case("values", "a planted law", [grid, drawn(grid, 1.5, 3, 0.34)], law)
o.case("values", "a planted law that is steep", [grid, drawn(grid, 0.7, 2, 0.95)], law)
o.case("values", "5 % of noise", [grid, drawn(grid, 1.2, 2, 0.4, 0.05)], law)
o.case("values", "points in any order", [grid[::-1], drawn(grid[::-1], 1, 4, 0.3, 0.02)], law)
twice = [*grid[:4], *grid[:4]]
o.case("values", "each x comes twice", [twice, drawn(twice, 1, 2, 0.5, 0.03)], law)
compute = [3e10 * 2**i for i in range(7)]
o.case("values", "compute in operations", [compute, drawn(compute, 1.5, 40, 0.17, 0.005)], law)
o.case("values", "the best irreducible term is below 0", [[1, 2, 3, 4, 5], [5, 4, 3, 2, 1]], law)
o.case(
    "values",
    "three decades",
    [grid, drawn(grid, 0.001, 5, 0.9, 0.2)],
    law,
)
noisy = drawn(grid, 1.2, 2, 0.4, 0.05)
for E in (0, 0.9, 1.15):
    o.case("values", f"the irreducible term is given, {E}", [grid, noisy, {"irreducible": E}], law)
o.case("values", "exponents above 1", [grid, noisy, {"exponents": [1.2, 1.5, 0.95]}], law)
o.case("values", "one exponent", [grid, noisy, {"exponents": [0.25]}], law)
o.case(
    "values",
    "sizes that grow with compute",
    [
        compute,
        drawn(compute, 0, 0.05, -0.51, 0.1),
        {"exponents": [-i / 100 for i in range(20, 90)], "irreducible": 0},
    ],
    law,
)
o.case("shapes", "three points", [grid[:3], noisy[:3]], law)
o.case("shapes", "two points and a given term", [[2, 8], [3, 2], {"irreducible": 1}], law)
o.case("property", "y grows with x", [[1, 2, 4, 8, 16], [2, 2.5, 2.8, 2.9, 3]], law)
o.error("x is negative", [[1, -2, 3], [1, 1, 1]], "x")
o.error("y is 0", [[1, 2, 3], [1, 0, 1]], "y")
o.error("two points", [[1, 2], [2, 1]], "x")
o.error("two different x", [[1, 2, 2], [2, 1, 1]], "x")
o.error("a y too many", [[1, 2, 3], [3, 2, 1, 1]], "y")
o.error("an exponent is 0", [grid, noisy, {"exponents": [0.1, 0]}], "exponents")
o.error("no exponents", [grid, noisy, {"exponents": []}], "exponents")
o.error("the given term is negative", [grid, noisy, {"irreducible": -1}], "irreducible")
o.save()
