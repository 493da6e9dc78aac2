"""embedPatches: transformers' ViTEmbeddings in float64."""

import pathlib
import sys

from torch.func import functional_call
from transformers import ViTConfig
from transformers.models.vit.modeling_vit import ViTEmbeddings

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402


def embed(images, patch, params):
    _, H, W, channels = images.shape
    C = params["b"].shape[0]
    config = ViTConfig(
        image_size=(H, W),
        patch_size=patch,
        num_channels=channels,
        hidden_size=C,
        num_attention_heads=1,
        hidden_dropout_prob=0.0,
    )
    kernel = (
        params["w"].reshape(patch, patch, channels, C).permute(3, 2, 0, 1)
    )  # ViT's projection is a convolution
    weights = {
        "cls_token": params["cls"][None, None],
        "position_embeddings": params["positions"][None],
        "patch_embeddings.projection.weight": kernel,
        "patch_embeddings.projection.bias": params["b"],
    }
    return functional_call(ViTEmbeddings(config), weights, (images.permute(0, 3, 1, 2),))


o = Oracle("embedPatches")
params = lambda length, C, patches: {
    "w": o.normal(length, C, scale=length**-0.5),
    "b": o.normal(C),
    "cls": o.normal(C),
    "positions": o.normal(1 + patches, C),
}
every = ["2.w", "2.b", "2.cls", "2.positions"]
o.case("values", "two grey pictures", [o.normal(2, 6, 6, 1), 2, params(4, 5, 9)], embed)
o.case("values", "colours, wider than tall", [o.normal(2, 4, 8, 3), 4, params(48, 6, 2)], embed)
o.case("values", "sixteen patches of 8 × 8", [o.normal(1, 32, 32, 3), 8, params(192, 8, 16)], embed)
o.case(
    "shapes", "one patch is the whole picture", [o.normal(1, 3, 3, 2), 3, params(18, 4, 1)], embed
)
o.case(
    "shapes", "patches of one pixel, width one", [o.normal(2, 2, 3, 1), 1, params(1, 1, 6)], embed
)
o.case(
    "gradient",
    "the parameters",
    [o.normal(2, 4, 4, 2), 2, params(8, 3, 4)],
    embed,
    wrt=every,
    terms=10,
)
o.case(
    "gradient", "the images", [o.normal(2, 4, 6, 1), 2, params(4, 3, 6)], embed, wrt=["0"], terms=10
)
o.error("the patch does not divide the images", [o.normal(1, 5, 4, 1), 2, params(4, 3, 4)], "patch")
o.error("w is for another patch", [o.normal(1, 4, 4, 1), 2, params(9, 3, 4)], "w")
o.error("positions leave out cls", [o.normal(1, 4, 4, 1), 2, params(4, 3, 3)], "positions")
o.error(
    "cls has another width",
    [o.normal(1, 4, 4, 1), 2, {**params(4, 3, 4), "cls": o.normal(4)}],
    "cls",
)
o.error(
    "b has another width", [o.normal(1, 4, 4, 1), 2, {**params(4, 3, 4), "b": o.normal(2)}], "b"
)
o.error("images hold whole numbers", [o.ids(1, 4, 4, 1, below=256), 2, params(4, 3, 4)], "images")
o.save()
