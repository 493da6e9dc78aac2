"""zeroShot: the classifier of CLIP's notebook "Prompt Engineering for ImageNet", in float64."""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402

o = Oracle("zeroShot")


def shares(images, prompts, scale=100):
    weights = []
    for embeddings in prompts:
        embeddings = embeddings / embeddings.norm(dim=-1, keepdim=True)
        mean = embeddings.mean(dim=0)
        weights.append(mean / mean.norm())
    features = images / images.norm(dim=-1, keepdim=True)
    return (scale * features @ torch.stack(weights, dim=1)).softmax(-1)


def prompts(C, *counts):
    return [o.normal(n, C) * o.uniform(n, 1, low=0.2, high=5.0) for n in counts]


o.case("values", "a prompt per class", [o.normal(3, 4), prompts(4, 1, 1, 1), 10], shares)
o.case("values", "several prompts per class", [o.normal(4, 5), prompts(5, 3, 3), 10], shares)
o.case("values", "different numbers", [o.normal(2, 6), prompts(6, 1, 4, 2, 7), 5], shares)
o.case("values", "the default scale", [o.normal(3, 8), prompts(8, 2, 3)], shares, terms=100)
o.case("values", "a scale of 0", [o.normal(2, 4), prompts(4, 2, 1, 1), 0], shares)
o.case("shapes", "one class", [o.normal(3, 4), prompts(4, 2)], shares)
o.case("shapes", "one picture", [o.normal(1, 3), prompts(3, 1, 2, 3, 4, 5), 3], shares)
o.case(
    "gradient",
    "pictures and prompts",
    [o.normal(2, 4), prompts(4, 2, 3), 3],
    shares,
    wrt=["0", "1.0", "1.1"],
    terms=5,
)
o.error("there is no class", [o.normal(2, 4), []], "prompts")
o.error("a prompt is too wide", [o.normal(2, 4), [o.normal(1, 4), o.normal(2, 5)]], "prompts[1]")
o.save()
