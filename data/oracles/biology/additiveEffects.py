"""additiveEffects: NumPy's least squares on the rows of the data and one more row per effect,
√ridge · effect = 0, in float64.
"""

import pathlib
import sys

import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402

o = Oracle("additiveEffects", packages=("numpy", "safetensors"))


def fitted(variants, fitness, count, ridge=1.0):
    rows = np.zeros((len(variants) + count, count + 1))
    for n, mutations in enumerate(variants):
        rows[n, mutations] = 1
        rows[n, count] = 1
    rows[len(variants) :, :count] = ridge**0.5 * np.eye(count)
    y = np.concatenate([np.asarray(fitness, float), np.zeros(count)])
    solution = np.linalg.lstsq(rows, y, rcond=None)[0]
    return {"base": float(solution[count]), "effects": solution[:count].tolist()}


def draw(N, count, most, noise=0.3):
    """Variants of 0 to `most` mutations, some mutations much more often than others."""
    odds = 1 / np.arange(1, count + 1)
    effects = o.rng.standard_normal(count)
    variants, fitness = [], []
    for _ in range(N):
        k = int(o.rng.integers(0, most + 1))
        chosen = o.rng.choice(count, k, replace=False, p=odds / odds.sum())
        variants.append([int(m) for m in chosen])
        fitness.append(float(2 + effects[chosen].sum() + noise * o.rng.standard_normal()))
    return variants, fitness


few, manyOf = draw(30, 6, 2), draw(80, 12, 3)
o.case("values", "up to two mutations, no ridge given", [*few, 6], fitted)
o.case("values", "up to three mutations, ridge 0.1", [*manyOf, 12, 0.1], fitted)
o.case("values", "a strong ridge", [*manyOf, 12, 50], fitted)
o.case(
    "values",
    "ridge below one, two mutations each",
    [[[0, 1], [1, 2], [0, 2]], [1, 5, 3], 3, 0.5],
    fitted,
)
o.case("values", "all fitness is far from zero", [few[0], [y + 100 for y in few[1]], 6], fitted)
o.case("values", "single mutations", [[[0], [1], [2], [0], []], [1, 2, 4, 1.5, 0.5], 3], fitted)
o.case("property", "mutations that nobody has", [few[0], few[1], 9], fitted)
o.case(
    "property",
    "two mutations always come together",
    [[[0, 1], [0, 1], [2], []], [3, 3.5, 1, 0], 3],
    fitted,
)
o.case("property", "all fitness is equal", [[[0], [1], [0, 1]], [4, 4, 4], 2], fitted)
o.case("shapes", "one variant", [[[1]], [3], 2], fitted)
o.case("shapes", "no mutations at all", [[[], [], []], [1, 2, 6], 2], fitted)
o.case("shapes", "one mutation", [[[0], []], [3, 1], 1], fitted)
o.case("shapes", "two hundred variants, forty mutations", [*draw(200, 40, 2), 40, 2], fitted)
o.error("no variant", [[], [], 3], "fitness")
o.error("lengths differ", [[[0]], [1, 2], 1], "variants")
o.error("no such mutation", [[[0], [3]], [1, 2], 3], "variants")
o.error("a mutation twice", [[[0, 0]], [1], 3], "variants")
o.error("ridge is zero", [[[0]], [1], 1, 0], "ridge")
o.error("ridge is negative", [[[0]], [1], 1, -1], "ridge")
o.save()
