"""transformers' MambaMixer on the plain path (the only one on a processor), in float64; what the
oracles of mambaBlock and mambaStep share. Makes no file by itself.
"""

import torch
from torch.func import functional_call
from transformers import MambaConfig
from transformers.models.mamba.modeling_mamba import MambaMixer

torch.Tensor.float = (
    torch.Tensor.double
)  # the mixer goes down to float32 between its steps; here it stays in float64


def mamba(x, p):
    C, (E, width), n, r = x.shape[2], p["conv"].shape, p["aLog"].shape[1], p["wDelta"].shape[0]
    config = MambaConfig(
        hidden_size=C,
        intermediate_size=E,
        expand=E // C,
        state_size=n,
        conv_kernel=width,
        time_step_rank=r,
        use_bias=False,
        use_conv_bias=True,
        hidden_act="silu",
        num_hidden_layers=1,
        vocab_size=4,
    )
    mixer = MambaMixer(config, layer_idx=0).double()
    assert mixer.intermediate_size == E
    weights = {
        "in_proj.weight": p["wIn"].T,
        "conv1d.weight": p["conv"][:, None],
        "conv1d.bias": p["convBias"],
        "x_proj.weight": p["wX"].T,
        "dt_proj.weight": p["wDelta"].T,
        "dt_proj.bias": p["bDelta"],
        "A_log": p["aLog"],
        "D": p["skip"],
        "out_proj.weight": p["wOut"].T,
    }
    assert weights.keys() == dict(mixer.named_parameters()).keys()
    return functional_call(mixer, weights, (x,))


def params(o, C, E, n, r, width=4):
    return {
        "wIn": o.normal(C, 2 * E, scale=C**-0.5),
        "conv": o.normal(E, width, scale=0.6),
        "convBias": o.normal(E, scale=0.3),
        "wX": o.normal(E, r + 2 * n, scale=E**-0.5),
        "wDelta": o.normal(r, E, scale=r**-0.5),
        "bDelta": o.uniform(E, low=-3.0, high=0.5),
        "aLog": o.uniform(E, n, low=-1.0, high=1.5),
        "skip": o.normal(E),
        "wOut": o.normal(E, C, scale=E**-0.5),
    }
