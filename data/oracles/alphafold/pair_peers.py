"""The layers of AlphaFold 2 and 3 as PyPI's openfold3 has them, what the oracle scripts of this
folder share. Makes no file by itself.

openfold3 pulls in a large tree, of which its layers need little. So it is put into
.local/cache/openfold3 without what it depends on, beside ml_collections, absl-py and gemmi; of
biotite it needs one name of a type. Everything runs in float64.
"""

import copy
import pathlib
import subprocess
import sys
import types
import warnings

import torch

CACHE = pathlib.Path(__file__).resolve().parents[3] / ".local" / "cache" / "openfold3"
PINNED = ("openfold3==0.5.0", "ml_collections==1.1.0", "absl-py==2.5.1", "gemmi==0.7.5")
if not (CACHE / "openfold3").exists():
    subprocess.run(
        [
            sys.executable,
            "-m",
            "pip",
            "install",
            "--quiet",
            "--no-deps",
            "--target",
            str(CACHE),
            *PINNED,
        ],
        check=True,
    )
sys.path.append(str(CACHE))
biotite, structure = types.ModuleType("biotite"), types.ModuleType("biotite.structure")
structure.AtomArray = object
sys.modules.setdefault("biotite", biotite)
sys.modules.setdefault("biotite.structure", structure)
from openfold3.core.config import default_linear_init_config as init  # noqa: E402
from openfold3.core.model.layers.triangular_attention import TriangleAttention  # noqa: E402

PACKAGES = ("numpy", "openfold3", "torch", "transformers", "safetensors")
INF = 1e9

# In its blocks openfold3 turns the bias of the ending node (transpose_bias), which algorithm 14 of
# AlphaFold 2 does not: b_ki.
_attend = TriangleAttention.forward
TriangleAttention.forward = lambda self, *args, transpose_bias=False, **kwargs: _attend(
    self, *args, **kwargs
)


def with_biases(config, names):
    """The same layer with biases on the linear maps that are named, as AlphaFold 2 has them."""
    config = copy.deepcopy(config)
    with config.unlocked():
        for name in names:
            at = config
            for part in name.split("."):
                at = at[part]
            at["bias"] = True
    return config


def run(module, state, *args, **kwargs):
    """The module in float64 on these weights; every one of its own must be given."""
    module = module.double().eval()
    missing = set(module.state_dict()) ^ set(state)
    assert not missing, missing
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return torch.func.functional_call(module, state, args, kwargs)


def norm(o, width):
    return {"gamma": o.normal(width, mean=1.0, scale=0.3), "beta": o.normal(width, scale=0.3)}


def weight(o, rows, columns):
    return o.normal(rows, columns, scale=rows**-0.5)


def pair_weights(o, C, Ch, biases=False):
    p = {
        "normIn": norm(o, C),
        "normOut": norm(o, Ch),
        "wOut": weight(o, Ch, C),
        "gOut": weight(o, C, C),
    }
    p |= {name: weight(o, C, Ch) for name in ("wA", "gA", "wB", "gB")}
    if biases:
        p["bias"] = {
            name: o.normal(p[name].shape[1], scale=0.5)
            for name in ("wA", "gA", "wB", "gB", "wOut", "gOut")
        }
    return p


def attention_weights(o, C, heads, D, Cz=None, biases=False):
    """Cz: the width of the pairs that give the bias, None for no bias from pairs"""
    p = {"norm": norm(o, C), "wo": weight(o, heads * D, C)} | {
        name: weight(o, C, heads * D) for name in ("wq", "wk", "wv", "wGate")
    }
    if Cz:
        p["wBias"] = weight(o, Cz, heads)
    if biases:
        p |= {"bGate": o.normal(heads * D, scale=0.5), "bo": o.normal(C, scale=0.5)}
    return p


def layer_norm(at, p):
    return {f"{at}.weight": p["gamma"], f"{at}.bias": p["beta"]}


def mha(at, p):
    state = {
        f"{at}.linear_{x}.weight": p[name].T
        for x, name in (("q", "wq"), ("k", "wk"), ("v", "wv"), ("g", "wGate"), ("o", "wo"))
    }
    return state | (
        {f"{at}.linear_g.bias": p["bGate"], f"{at}.linear_o.bias": p["bo"]} if "bo" in p else {}
    )


def mha_config(config, p):
    return with_biases(config, ["mha.linear_g", "mha.linear_o"]) if "bo" in p else config


def triangle_multiplication_state(p):
    names = {
        "linear_a_p": "wA",
        "linear_a_g": "gA",
        "linear_b_p": "wB",
        "linear_b_g": "gB",
        "linear_z": "wOut",
        "linear_g": "gOut",
    }
    state = (
        layer_norm("layer_norm_in", p["normIn"])
        | layer_norm("layer_norm_out", p["normOut"])
        | {f"{peer}.weight": p[ours].T for peer, ours in names.items()}
    )
    return state | (
        {f"{peer}.bias": p["bias"][ours] for peer, ours in names.items()} if "bias" in p else {}
    ), list(names)


def triangle_multiplication(z, p, options):
    from openfold3.core.model.layers.triangular_multiplicative_update import (
        TriangleMultiplicationIncoming,
        TriangleMultiplicationOutgoing,
    )

    state, names = triangle_multiplication_state(p)
    config = with_biases(init.tri_mul_init, names) if "bias" in p else init.tri_mul_init
    layer = {
        "outgoing": TriangleMultiplicationOutgoing,
        "incoming": TriangleMultiplicationIncoming,
    }[options["direction"]]
    mask = options.get("mask")
    return run(
        layer(z.shape[-1], p["wA"].shape[1], linear_init_params=config),
        state,
        z,
        mask=None if mask is None else mask.double(),
    )


def triangle_attention(z, p, options):
    heads, D = options["heads"], p["wq"].shape[1] // options["heads"]
    layer = TriangleAttention(
        z.shape[-1],
        D,
        heads,
        starting=options["node"] == "starting",
        inf=INF,
        linear_init_params=mha_config(init.mha_bias_init, p),
    )
    state = layer_norm("layer_norm", p["norm"]) | {"linear_z.weight": p["wBias"].T} | mha("mha", p)
    mask = options.get("mask")
    return run(layer, state, z, mask=None if mask is None else mask.double())


def row_state(p):
    return (
        layer_norm("layer_norm_m", p["norm"])
        | layer_norm("layer_norm_z", p["normPair"])
        | {"linear_z.weight": p["wBias"].T}
        | mha("mha", p)
    )


def row_attention(msa, z, p, options):
    from openfold3.core.model.layers.msa import MSARowAttentionWithPairBias

    heads, D = options["heads"], p["wq"].shape[1] // options["heads"]
    layer = MSARowAttentionWithPairBias(
        msa.shape[-1],
        z.shape[-1],
        D,
        heads,
        inf=INF,
        linear_init_params=mha_config(init.mha_bias_init, p),
    )
    mask = options.get("mask")
    return run(layer, row_state(p), msa, z=z, mask=None if mask is None else mask.double())


def column_state(p):
    return layer_norm("_msa_att.layer_norm_m", p["norm"]) | mha("_msa_att.mha", p)


def column_attention(msa, p, options):
    from openfold3.core.model.layers.msa import MSAColumnAttention

    heads, D = options["heads"], p["wq"].shape[1] // options["heads"]
    layer = MSAColumnAttention(
        msa.shape[-1], D, heads, inf=INF, linear_init_params=mha_config(init.mha_bias_init, p)
    )
    mask = options.get("mask")
    return run(layer, column_state(p), msa, mask=None if mask is None else mask.double())
