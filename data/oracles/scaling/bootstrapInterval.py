"""bootstrapInterval: numpy's quantiles of a statistic over numpy's indexed samples."""

import pathlib
import sys

import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402

MEAN = {"$function": "(s) => s.reduce((a, b) => a + b, 0) / s.length"}
LARGEST = {"$function": "(s) => Math.max(...s)"}
RATIO = {
    "$function": """(s) => {
      const of = (i) => s.reduce((sum, pair) => sum + pair[i], 0);
      return of(0) / of(1);
    }"""
}


def interval(statistic):
    def between(data, _, uniforms, level=0.95):
        rows = (np.array(uniforms) * len(data)).astype(int)  # truncates
        with np.errstate(divide="ignore", invalid="ignore"):
            found = np.array([statistic(np.array(data, float)[row]) for row in rows])
        found = found[np.isfinite(found)]
        low, high = np.quantile(found, [(1 - level) / 2, (1 + level) / 2])
        return {"low": float(low), "high": float(high)}

    return between


mean, largest = interval(np.mean), interval(np.max)
ratio = interval(lambda s: s[:, 0].sum() / s[:, 1].sum())
o = Oracle("bootstrapInterval", packages=("numpy", "torch", "safetensors"))
rows = lambda count, n: o.rng.uniform(0, 1, (count, n)).round(6).clip(0, 0.999999).tolist()
data = o.rng.exponential(5, 10).tolist()

o.case("values", "a mean", [data, MEAN, rows(60, 10)], mean)
o.case("values", "the largest", [data, LARGEST, rows(60, 10)], largest)
o.case("values", "two thirds", [data, MEAN, rows(31, 10), 2 / 3], mean)
o.case("values", "level 0.99", [data, MEAN, rows(40, 10), 0.99], mean)
o.case("values", "a narrow level", [data, MEAN, rows(40, 10), 0.01], mean)
pairs = [[1, 2], [3, 1], [0, 4], [6, 2.5]]
o.case("values", "a ratio of pairs", [pairs, RATIO, rows(30, 4)], ratio)
some = [[1, 0], [2, 0], [3, 1]]
o.case("values", "ratios that are infinite are left out", [some, RATIO, rows(40, 3)], ratio)
o.case(
    "values", "numbers below 0 and of several digits", [[-20, -3, 4, 100], MEAN, rows(30, 4)], mean
)
edges = [[0, 0.25, 0.5, 0.75], [0.249, 0.499, 0.749, 0.999], [0, 0, 0, 0], [0.9, 0.9, 0.9, 0.9]]
o.case("values", "uniforms on the edges", [[1, 10, 100, 1000], MEAN, edges, 0.9], mean)
o.case("shapes", "one sample", [data, MEAN, rows(1, 10)], mean)
o.case("shapes", "two samples", [data, MEAN, rows(2, 10)], mean)
o.case("shapes", "one item", [[3], MEAN, rows(4, 1)], mean)
o.error("no data", [[], MEAN, [[]]], "data")
o.error("no samples", [[1, 2], MEAN, []], "uniforms")
o.error("a row is too long", [[1, 2], MEAN, [[0.1, 0.2], [0.1, 0.2, 0.3]]], "uniforms")
o.error("level 0", [[1, 2], MEAN, rows(2, 2), 0], "level")
o.error("95 for 0.95", [[1, 2], MEAN, rows(2, 2), 95], "level")
o.error("never finite", [[1, 2], {"$function": "() => Infinity"}, rows(2, 2)], "statistic")
o.save()
