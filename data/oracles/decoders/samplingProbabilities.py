"""samplingProbabilities: transformers' logits warpers; where tokens are equally probable, the rule
written out with NumPy's stable sort.
"""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import numpy as np  # noqa: E402
from oracle import Oracle  # noqa: E402
from transformers.generation.logits_process import (
    TemperatureLogitsWarper,
    TopKLogitsWarper,
    TopPLogitsWarper,
)  # noqa: E402

o = Oracle("samplingProbabilities")


def warped(logits, options):
    scores = logits[None]
    if "temperature" in options:
        scores = TemperatureLogitsWarper(float(options["temperature"]))(None, scores)
    if "topK" in options:
        scores = TopKLogitsWarper(options["topK"])(None, scores)
    if options.get("topP", 1.0) < 1:
        scores = TopPLogitsWarper(float(options["topP"]))(None, scores)
    return torch.softmax(scores[0], -1)


def by_rule(logits, options):
    x = logits.numpy() / options.get("temperature", 1.0)
    p = np.exp(x - x.max())
    p /= p.sum()
    order = np.argsort(-p, kind="stable")[: options.get("topK", len(p))]
    total, mass, kept = p[order].sum(), 0.0, []
    for i in order:
        if mass >= options.get("topP", 1.0) * total:
            break
        kept.append(i)
        mass += p[i]
    out = np.zeros_like(p)
    out[kept] = p[kept]
    return torch.from_numpy(out / out.sum())


x = lambda V, scale=2.0: o.normal(V, scale=scale)
o.case("values", "the softmax alone", [x(12), {}], warped)
o.case("values", "temperature 0.5", [x(12), {"temperature": 0.5}], warped)
o.case("values", "temperature 3", [x(12), {"temperature": 3.0}], warped)
o.case("values", "the four best", [x(15), {"topK": 4}], warped)
o.case("values", "top-p 0.8", [x(20, 1.0), {"topP": 0.8}], warped)
o.case(
    "values",
    "top-p 0.8 at temperature 2, which comes first",
    [x(20, 1.0), {"topP": 0.8, "temperature": 2.0}],
    warped,
)
o.case(
    "values",
    "top-p 0.7 of what the five best leave",
    [x(20, 1.0), {"topK": 5, "topP": 0.7}],
    warped,
)
o.case("values", "all three", [x(40), {"temperature": 1.3, "topK": 10, "topP": 0.9}], warped)
o.case("values", "large scores", [x(10) + 1000.0, {"temperature": 0.5, "topP": 0.9}], warped)
o.case(
    "values",
    "some tokens are forbidden",
    [torch.tensor([0.5, -torch.inf, 1.0, -torch.inf, 0.0]), {"topK": 2}],
    warped,
)
o.case(
    "values",
    "three are equal, two stay",
    [torch.tensor([1.0, 2.0, 2.0, 2.0, 0.0]), {"topK": 2}],
    by_rule,
)
o.case("values", "all are equal, top-p 0.55 of eight", [torch.zeros(8), {"topP": 0.55}], by_rule)
o.case(
    "values",
    "two of four equal tokens have the mass topP exactly",
    [torch.zeros(4), {"topP": 0.5}],
    by_rule,
)
o.case("property", "the best alone, by top-k", [x(9), {"topK": 1}], warped)
o.case("property", "the best alone, by a tiny top-p", [x(9), {"topP": 1e-6}], warped)
o.case(
    "property", "topK over V and topP 1 cut nothing", [x(9), {"topK": 100, "topP": 1.0}], by_rule
)
o.case("shapes", "one token", [x(1), {"topK": 1, "topP": 0.5}], warped)
o.error("temperature 0", [x(4), {"temperature": 0}], "temperature")
o.error("topK 0", [x(4), {"topK": 0}], "topK")
o.error("half a token", [x(4), {"topK": 1.5}], "topK")
o.error("topP 0", [x(4), {"topP": 0}], "topP")
o.error("topP over 1", [x(4), {"topP": 1.1}], "topP")
o.error("logits of rank two", [o.normal(2, 3), {}], "logits")
o.case("values", "no options are given", [o.normal(9, scale=2)], lambda x: warped(x, {}))
o.save()
