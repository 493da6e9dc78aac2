"""initWeights: √in is the fan that torch.nn.init counts, and the factor of the matrices that write
into the residual stream is the deviation that transformers' GPT-2 draws them with.
"""

import math
import pathlib
import sys
from unittest.mock import patch

import torch
from transformers import GPT2Config, GPT2Model
from transformers.models.gpt2 import modeling_gpt2

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402


def gpt2_deviations(layers):
    """What GPT-2's first block draws its matrices with, where its usual deviation is 1."""
    config = GPT2Config(
        vocab_size=2, n_positions=2, n_embd=2, n_head=1, n_layer=layers, initializer_range=1.0
    )
    model = GPT2Model(config)
    attention, mlp = model.h[0].attn, model.h[0].mlp
    drawn = {}
    with patch.object(
        modeling_gpt2.init, "normal_", lambda t, mean, std: drawn.update({id(t): std})
    ):
        for module in (attention.c_attn, attention.c_proj, mlp.c_fc, mlp.c_proj, attention, mlp):
            model._init_weights(module)
    deviation = lambda layer: drawn[id(layer.weight)]
    return {
        **dict.fromkeys(("wq", "wk", "wv"), deviation(attention.c_attn)),
        "wo": deviation(attention.c_proj),
        **dict.fromkeys(("w1", "gate", "up"), deviation(mlp.c_fc)),
        **dict.fromkeys(("w2", "down"), deviation(mlp.c_proj)),
    }


def init_weights(noise, layers):
    deviations = gpt2_deviations(layers)
    norm = torch.nn.LayerNorm(1)

    def first(name, t):
        if t.ndim == 1:
            start = norm.weight if name == "gamma" else norm.bias
            return start.detach().double().expand(len(t)).clone()
        fan = torch.nn.init._calculate_correct_fan(t.T, "fan_in")  # torch's matrices are [out, in]
        return t * deviations[name] * torch.nn.init.calculate_gain("linear") / math.sqrt(fan)

    return {name: first(name, t) for name, t in noise.items()}


o = Oracle("initWeights")
mlp = lambda C, F: {
    "w1": o.normal(C, F),
    "b1": o.normal(F),
    "w2": o.normal(F, C),
    "b2": o.normal(C),
}
attention = lambda C, D: {
    "wq": o.normal(C, D),
    "bq": o.normal(D),
    "wk": o.normal(C, D),
    "wv": o.normal(C, D),
    "wo": o.normal(D, C),
    "bo": o.normal(C),
}
o.case("values", "a feed-forward layer of twelve", [mlp(6, 24), 12], init_weights)
o.case("values", "an attention layer of thirty-two", [attention(8, 4), 32], init_weights)
o.case(
    "values",
    "a gated layer",
    [{"gate": o.normal(5, 7), "up": o.normal(5, 7), "down": o.normal(7, 5)}, 48],
    init_weights,
)
o.case("values", "a single layer", [mlp(4, 4), 1], init_weights)
o.case(
    "values",
    "attention and feed-forward layer in one record",
    [{**attention(4, 4), **mlp(4, 8)}, 3],
    init_weights,
)
o.case(
    "property",
    "a norm changes nothing at first",
    [{"gamma": o.normal(6), "beta": o.normal(6)}, 4],
    init_weights,
)
o.case(
    "property",
    "noise of zeros",
    [{"w1": torch.zeros(3, 2), "gamma": torch.zeros(3)}, 2],
    init_weights,
)
o.case(
    "shapes", "one row, one column", [{"w1": o.normal(1, 5), "w2": o.normal(5, 1)}, 2], init_weights
)
o.case("shapes", "no weights", [{}, 2], init_weights)
o.error("no layers", [mlp(2, 2), 0], "layers")
o.error("half a layer", [mlp(2, 2), 2.5], "layers")
o.error("a weight of rank three", [{"w1": o.normal(2, 2), "w2": o.normal(2, 2, 2)}, 1], "w2")
o.error("a weight that is a number", [{"gamma": torch.tensor(1.0)}, 1], "gamma")
o.save()
