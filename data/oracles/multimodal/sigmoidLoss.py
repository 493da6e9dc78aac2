"""sigmoidLoss: SigLIP's loss as transformers' SiglipModel computes it, in float64."""

import pathlib
import sys

import torch
import torch.nn.functional as F

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402

o = Oracle("sigmoidLoss")


def loss(images, texts, log_scale, bias):
    """From SiglipModel.forward, which follows big_vision's two_towers/siglip.py."""
    cosines = F.normalize(texts, dim=-1) @ F.normalize(images, dim=-1).T
    logits_per_text = cosines * log_scale.exp() + bias
    eye = torch.eye(logits_per_text.size(0), dtype=torch.float64)
    m1_diag1 = -torch.ones_like(logits_per_text) + 2 * eye
    loglik = F.logsigmoid(m1_diag1 * logits_per_text)
    return (-loglik.sum(dim=-1)).mean()


def pairs(B, C, noise=0.5):
    images = o.normal(B, C)
    return [images, images + o.normal(B, C, scale=noise)]


at = lambda x: torch.tensor(x, dtype=torch.float32)
o.case("values", "as training starts", [*pairs(5, 4), at(2.303), at(-10.0)], loss)
o.case("values", "there is no bias", [*pairs(4, 3), at(1.0), at(0.0)], loss)
o.case("values", "the bias is above 0", [*pairs(4, 6, noise=9.0), at(1.5), at(2.0)], loss)
o.case("values", "the scale is 1", [*pairs(3, 5), at(0.0), at(-1.0)], loss)
o.case(
    "values",
    "scores are in the hundreds, since the scale isn't clamped",
    [*pairs(3, 4, noise=3.0), at(5.7), at(-10.0)],
    loss,
    terms=400,
)
o.case(
    "values",
    "the vectors are short",
    [o.normal(3, 4, scale=1e-3), o.normal(3, 4, scale=1e-3), at(2.0), at(-2.0)],
    loss,
)
o.case("shapes", "there is one pair", [*pairs(1, 4), at(2.0), at(-3.0)], loss)
o.case(
    "gradient",
    "pictures, texts, scale and bias",
    [*pairs(4, 3), at(1.5), at(-2.0)],
    loss,
    wrt=["0", "1", "2", "3"],
    terms=10,
)
o.case(
    "gradient",
    "no score is anything but 0",
    [at([[1.0, 0.0], [0.0, 1.0]]), at([[0.0, 1.0], [1.0, 0.0]]), at(1.0), at(0.0)],
    loss,
    wrt=["0", "3"],
    terms=3,
)
o.error("texts are fewer", [o.normal(3, 4), o.normal(2, 4), at(1.0), at(0.0)], "texts")
o.error("bias is a list", [*pairs(3, 4), at(1.0), at([0.0])], "bias")
o.save()
