"""toRows: numpy.reshape."""

import pathlib
import sys

import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402

o = Oracle("toRows", packages=("numpy", "safetensors"))


def numbers(count):
    return o.rng.integers(0, 17, count).tolist()


def to_rows(values, width):
    return np.asarray(values).reshape(len(values) // width, width).tolist()


o.case("values", "a picture of 8 by 8", [numbers(64), 8], to_rows)
o.case("values", "rows of two", [numbers(14), 2], to_rows)
o.case("values", "two long rows", [numbers(62), 31], to_rows)
o.case("values", "numbers below zero", [[-3, 0, 4, -1, 5, -9], 3], to_rows)
o.case("values", "fractions", [[0.5, -1.25, 3.0, 2.75], 2], to_rows)
o.case("shapes", "one row", [numbers(6), 6], to_rows)
o.case("shapes", "one column", [numbers(5), 1], to_rows)
o.case("shapes", "no values", [[], 4], to_rows)
o.error("three values in rows of two", [[1, 2, 3], 2], "rows")
o.error("a width of zero", [[1, 2], 0], "rows")
o.error("a width below zero", [[1, 2], -2], "rows")
o.error("a width that is a fraction", [[1, 2, 3], 1.5], "rows")
o.save()
