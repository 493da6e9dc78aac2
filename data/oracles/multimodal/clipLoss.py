"""clipLoss: CLIP's loss as transformers writes it (clip_loss), in float64."""

import pathlib
import sys

import torch
import torch.nn.functional as F
from transformers.models.clip.modeling_clip import image_text_contrastive_loss as both_ways

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402

o = Oracle("clipLoss")


def loss(images, texts, log_scale):
    scale = log_scale.clamp(max=torch.log(torch.tensor(100.0, dtype=torch.float64))).exp()
    texts_first = F.normalize(texts, dim=-1) @ F.normalize(images, dim=-1).T * scale
    return both_ways(texts_first)


def pairs(B, C, noise=0.5):
    images = o.normal(B, C)
    return [images, images + o.normal(B, C, scale=noise)]


at = lambda x: torch.tensor(x, dtype=torch.float32)
o.case("values", "partners are near each other", [*pairs(5, 4), at(2.0)], loss)
o.case("values", "partners are at random", [*pairs(4, 6, noise=9.0), at(1.0)], loss)
o.case("values", "the scale is 1", [*pairs(3, 5), at(0.0)], loss)
o.case("values", "the scale is below 1", [*pairs(3, 5), at(-1.5)], loss)
o.case("values", "logScale is above ln 100", [*pairs(4, 3, noise=2.0), at(6.0)], loss, terms=200)
o.case(
    "values",
    "the vectors are short",
    [o.normal(3, 4, scale=1e-3), o.normal(3, 4, scale=1e-3), at(2.5)],
    loss,
)
o.case("shapes", "there is one pair", [*pairs(1, 4), at(2.0)], loss)
o.case(
    "gradient",
    "pictures, texts and scale",
    [*pairs(4, 3), at(1.5)],
    loss,
    wrt=["0", "1", "2"],
    terms=5,
)
o.case(
    "gradient",
    "above ln 100 the scale has none",
    [*pairs(3, 3, noise=2.0), at(5.0)],
    loss,
    wrt=["0", "2"],
    terms=100,
)
o.error("texts have another width", [o.normal(3, 4), o.normal(3, 5), at(1.0)], "texts")
o.error("logScale is a list", [*pairs(3, 4), at([1.0])], "logScale")
o.save()
