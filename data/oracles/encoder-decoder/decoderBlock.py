"""decoderBlock: torch.nn.TransformerDecoderLayer; with a bias or rope, the peers of attention
(attention_peers.py) put together as it is.
"""

import pathlib
import sys

import torch
from torch.nn.functional import layer_norm, linear, relu

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from decoder_peers import block, torch_block  # noqa: E402
from oracle import Oracle  # noqa: E402
from shared.attention_peers import layer  # noqa: E402

o = Oracle("decoderBlock")


def written_out(activation):
    def run(x, memory, params, options):
        normed = lambda y, n: layer_norm(y, y.shape[-1:], params[n]["gamma"], params[n]["beta"])
        heads, causal = options["heads"], torch.ones(x.shape[1], x.shape[1]).tril()
        own = {
            "heads": heads,
            "mask": causal,
            "bias": options.get("bias"),
            "rope": options.get("rope"),
        }
        h = normed(x + layer(x, x, params["self"], own)[0], "norm1")
        z = normed(h + layer(h, memory, params["cross"], {"heads": heads})[0], "norm2")
        mlp = params["mlp"]
        return normed(
            z + linear(activation(linear(z, mlp["w1"].T, mlp["b1"])), mlp["w2"].T, mlp["b2"]),
            "norm3",
        )

    return run


case = lambda group, says, B, T, S, C, F, options, f=torch_block, **more: o.case(
    group,
    says,
    [o.normal(B, T, C), o.normal(B, S, C), block(o, C, F, options["heads"]), options],
    f,
    **more,
)
padding = (torch.arange(4) < torch.tensor([4, 2])[:, None, None, None]).float()
case(
    "values", "post-norm and ReLU, as torch's TransformerDecoderLayer", 2, 3, 4, 8, 16, {"heads": 2}
)
case("values", "pre-norm", 2, 3, 4, 8, 16, {"heads": 4, "norm": "pre"})
case("values", "a padded source", 2, 3, 4, 8, 16, {"heads": 2, "memoryMask": padding})
case(
    "values",
    "a mask that is joined with the causal one",
    2,
    4,
    3,
    8,
    16,
    {"heads": 2, "mask": padding},
)
case("values", "another eps", 1, 3, 4, 8, 16, {"heads": 2, "eps": 0.5})
case(
    "values",
    "a bias on self-attention",
    1,
    3,
    4,
    8,
    16,
    {"heads": 2, "bias": o.normal(2, 3, 3)},
    written_out(relu),
)
case(
    "values",
    "rope on self-attention",
    1,
    4,
    3,
    8,
    16,
    {"heads": 2, "rope": {"layout": "halves"}},
    written_out(relu),
)
case(
    "values",
    "another activation",
    1,
    3,
    3,
    8,
    16,
    {"heads": 2, "activation": {"$function": "(x) => tf.tanh(x)"}},
    written_out(torch.tanh),
)
case("shapes", "one token reads one token", 1, 1, 1, 4, 4, {"heads": 1})
case("shapes", "a long source", 2, 2, 9, 4, 8, {"heads": 2})
paths = [
    "0",
    "1",
    *(
        f"2.{name}"
        for name in (
            "self.wq",
            "self.wv",
            "cross.wq",
            "cross.wk",
            "cross.wo",
            "norm1.gamma",
            "norm2.beta",
            "norm3.gamma",
            "mlp.w1",
            "mlp.b2",
        )
    ),
]
case(
    "gradient",
    "x, the memory and weights of all parts",
    2,
    3,
    4,
    8,
    16,
    {"heads": 2},
    wrt=paths,
    terms=30,
)
case("gradient", "pre-norm", 1, 3, 4, 8, 16, {"heads": 2, "norm": "pre"}, wrt=paths, terms=30)
x, memory, params = o.normal(1, 2, 8), o.normal(1, 3, 8), block(o, 8, 16, 2)
o.error("norm is neither", [x, memory, params, {"heads": 2, "norm": "middle"}], "norm")
o.error(
    "a mask of the source is given as mask",
    [x, memory, params, {"heads": 2, "mask": torch.ones(1, 1, 1, 3)}],
    "mask",
)
o.error("heads do not divide the width", [x, memory, params, {"heads": 3}], "heads")
o.error("another batch", [x, o.normal(2, 3, 8), params, {"heads": 2}], "memory")
case(
    "values",
    "each row of the batch has its own bias on self-attention",
    2,
    3,
    4,
    8,
    16,
    {"heads": 2, "bias": o.normal(2, 1, 3, 3, scale=2)},
    written_out(relu),
)
case(
    "values",
    "rope of base 20, interleaved",
    2,
    5,
    3,
    8,
    16,
    {"heads": 2, "rope": {"base": 20.0}},
    written_out(relu),
)
o.case(
    "values",
    "pre-norm and eps 0, features of a thousandth",
    [
        o.normal(1, 3, 8, scale=1e-3),
        o.normal(1, 4, 8),
        block(o, 8, 16, 2),
        {"heads": 2, "eps": 0, "norm": "pre"},
    ],
    torch_block,
)


def all_options(x, memory, params, options):
    """Both kinds of norm, by torch's own functions and the peers of attention, with tanh."""
    normed = lambda y, n: layer_norm(
        y, y.shape[-1:], params[n]["gamma"], params[n]["beta"], options["eps"]
    )
    heads, T = options["heads"], x.shape[1]
    own = {**options, "mask": torch.ones(T, T).tril().bool() & (options["mask"] != 0)}
    itself = lambda y: layer(y, y, params["self"], own)[0]
    source = {"heads": heads, "mask": options["memoryMask"]}
    cross = lambda y: layer(y, memory, params["cross"], source)[0]
    w = params["mlp"]
    mlp = lambda y: linear(linear(y, w["w1"].T, w["b1"]).tanh(), w["w2"].T, w["b2"])
    for n, part in (("norm1", itself), ("norm2", cross), ("norm3", mlp)):
        x = x + part(normed(x, n)) if options["norm"] == "pre" else normed(x + part(x), n)
    return x


for kind in ("pre", "post"):
    case(
        "values",
        f"{kind}-norm and all other options together",
        2,
        3,
        4,
        8,
        16,
        {
            "heads": 2,
            "norm": kind,
            "activation": {"$function": "(x) => tf.tanh(x)"},
            "eps": 0.5,
            "mask": torch.tensor([[1, 1, 1], [1, 0, 1]])[:, None, None, :].int(),
            "memoryMask": padding,
            "bias": o.normal(2, 3, 3, scale=2),
            "rope": {"layout": "halves", "base": 20.0},
        },
        all_options,
    )
o.save()
