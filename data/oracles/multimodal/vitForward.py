"""vitForward: transformers' ViTModel in float64, its layer norms with eps 1e-5."""

import pathlib
import sys

import torch
from torch.func import functional_call
from transformers import ViTConfig, ViTModel

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402

# transformers takes this softmax in float32, whatever the model's dtype
in_float32 = torch.nn.functional.softmax
torch.nn.functional.softmax = lambda x, dim, dtype=None: in_float32(x, dim)


NAMES = {
    **{f"attention.w{n}": f"layers.{{}}.attention.{n}_proj.weight" for n in "qkvo"},
    **{f"attention.b{n}": f"layers.{{}}.attention.{n}_proj.bias" for n in "qkvo"},
    **{f"mlp.w{n}": f"layers.{{}}.mlp.fc{n}.weight" for n in "12"},
    **{f"mlp.b{n}": f"layers.{{}}.mlp.fc{n}.bias" for n in "12"},
    "norm1.gamma": "layers.{}.layernorm_before.weight",
    "norm1.beta": "layers.{}.layernorm_before.bias",
    "norm2.gamma": "layers.{}.layernorm_after.weight",
    "norm2.beta": "layers.{}.layernorm_after.bias",
}


def model_of(images, params, options):
    _, H, W, channels = images.shape
    config = ViTConfig(
        image_size=(H, W),
        patch_size=options["patch"],
        num_channels=channels,
        hidden_size=params["patches"]["b"].shape[0],
        num_hidden_layers=len(params["blocks"]),
        num_attention_heads=options["heads"],
        intermediate_size=params["blocks"][0]["mlp"]["w1"].shape[1] if params["blocks"] else 4,
        hidden_act="gelu",
        layer_norm_eps=1e-5,
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
        attn_implementation="eager",
    )
    return ViTModel(config, add_pooling_layer=False).eval()


def state(model, images, params, options):
    """The course's names and [in, out] matrices as transformers' names and [out, in]."""
    P, channels = options["patch"], images.shape[-1]
    patches = params["patches"]
    kernel = patches["w"].reshape(P, P, channels, -1).permute(3, 2, 0, 1)
    found = {
        "embeddings.cls_token": patches["cls"][None, None],
        "embeddings.position_embeddings": patches["positions"][None],
        "embeddings.patch_embeddings.projection.weight": kernel,
        "embeddings.patch_embeddings.projection.bias": patches["b"],
        "layernorm.weight": params["norm"]["gamma"],
        "layernorm.bias": params["norm"]["beta"],
    }
    for i, block in enumerate(params["blocks"]):
        for ours, theirs in NAMES.items():
            part, name = ours.split(".")
            w = block[part][name]
            found[theirs.format(i)] = w.T if w.dim() == 2 else w
    assert set(found) == set(model.state_dict()), set(found) ^ set(model.state_dict())
    return found


def forward(images, params, options):
    model = model_of(images, params, options).double()
    weights = state(model, images, params, options)
    out = functional_call(
        model, weights, (images.permute(0, 3, 1, 2),), {"output_attentions": True}
    )
    return {"tokens": out.last_hidden_state, "attention": list(out.attentions)}


o = Oracle("vitForward")
norm = lambda C: {"gamma": o.normal(C, scale=0.5), "beta": o.normal(C, scale=0.5)}


def block(C, F):
    attention = {f"w{n}": o.normal(C, C, scale=C**-0.5) for n in "qkvo"}
    attention |= {f"b{n}": o.normal(C, scale=0.5) for n in "qkvo"}
    mlp = {
        "w1": o.normal(C, F, scale=C**-0.5),
        "b1": o.normal(F, scale=0.5),
        "w2": o.normal(F, C, scale=F**-0.5),
        "b2": o.normal(C, scale=0.5),
    }
    return {"norm1": norm(C), "attention": attention, "norm2": norm(C), "mlp": mlp}


def params(length, C, patches, layers, F=12):
    return {
        "patches": {
            "w": o.normal(length, C, scale=length**-0.5),
            "b": o.normal(C),
            "cls": o.normal(C),
            "positions": o.normal(1 + patches, C),
        },
        "blocks": [block(C, F) for _ in range(layers)],
        "norm": norm(C),
    }


o.case(
    "values",
    "two pictures in color go through one block",
    [o.normal(2, 4, 4, 3), params(12, 8, 4, 1), {"patch": 2, "heads": 2}],
    forward,
)
o.case(
    "values",
    "there are three blocks of four heads",
    [o.normal(1, 6, 4, 1), params(4, 8, 6, 3), {"patch": 2, "heads": 4}],
    forward,
)
o.case(
    "shapes",
    "one patch is the whole picture",
    [o.normal(3, 4, 4, 1), params(16, 6, 1, 2), {"patch": 4, "heads": 3}],
    forward,
)
o.case(
    "shapes",
    "there are no blocks",
    [o.normal(2, 4, 4, 1), params(4, 4, 4, 0), {"patch": 2, "heads": 1}],
    forward,
)
o.case(
    "gradient",
    "the pictures and weights of each kind",
    [o.normal(1, 4, 4, 1), params(4, 4, 4, 2, F=6), {"patch": 2, "heads": 2}],
    forward,
    wrt=["0", "1.patches.cls", "1.blocks.0.attention.wq", "1.blocks.1.mlp.w1", "1.norm.gamma"],
    output="tokens",
    terms=10,
)
o.error(
    "heads don't divide the width",
    [o.normal(1, 4, 4, 1), params(4, 4, 4, 1), {"patch": 2, "heads": 3}],
    "heads",
)
o.error(
    "the patch doesn't divide the pictures",
    [o.normal(1, 5, 4, 1), params(4, 4, 4, 1), {"patch": 2, "heads": 2}],
    "patch",
)
o.save()
