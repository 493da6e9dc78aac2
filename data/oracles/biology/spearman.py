"""spearman: ranks by counting (values below, plus half of the equal ones), then NumPy's Pearson
correlation, in float64.
"""

import pathlib
import sys

import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402

o = Oracle("spearman", packages=("numpy", "safetensors"))


def ranks(values):
    return np.array([sum(w < v for w in values) + (values.count(v) + 1) / 2 for v in values])


def rho(a, b):
    r, s = ranks(a), ranks(b)
    return 0.0 if np.ptp(r) == 0 or np.ptp(s) == 0 else float(np.corrcoef(r, s)[0, 1])


def numbers(n, scale=1.0):
    return (scale * o.rng.standard_normal(n)).tolist()


def whole(n, below):
    return o.rng.integers(0, below, n).tolist()


x = numbers(30)
noisy = [v + w for v, w in zip(x, numbers(30))]
o.case("values", "thirty numbers and noisy ones", [x, noisy], rho)
o.case("values", "the second list isn't linear", [x, [v**3 for v in noisy]], rho)
o.case("values", "both fall and rise", [x, [-v for v in noisy]], rho)
o.case("values", "numbers to sort as numbers", [[10, 9, 100, 1, 25], [3, 2, 4, 1, 5]], rho)
o.case("values", "many ties in both", [whole(40, 4), whole(40, 5)], rho)
o.case("values", "ties in the first", [whole(20, 3), numbers(20)], rho)
o.case("values", "two of three are equal", [[1, 1, 2], [3, 1, 2]], rho)
o.case("property", "the same order is 1", [x, [np.exp(v) for v in x]], rho)
o.case("property", "the opposite order is -1", [x, [-v for v in x]], rho)
o.case("property", "all of the first are equal", [[2.5] * 6, numbers(6)], rho)
o.case("property", "all of the second are equal", [numbers(5), [0, 0, 0, 0, 0]], rho)
o.case("property", "tiny differences count", [[1, 1 + 1e-12, 1 - 1e-12], [1, 2, 0]], rho)
o.case("shapes", "two values", [[3, 1], [0, 5]], rho)
o.case("shapes", "a thousand", [numbers(1000), numbers(1000)], rho)
o.error("lengths differ", [[1, 2, 3], [1, 2]], "b")
o.error("one value", [[1], [2]], "a")
o.save()
