"""transition: openfold3's ReLUTransition and SwiGLUTransition in float64."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402
from pair_peers import PACKAGES, layer_norm, norm, run, weight  # noqa: E402
from openfold3.core.model.layers.transition import (
    ReLUTransition,
    SwiGLUTransition,
)  # needs pair_peers

o = Oracle("transition", packages=PACKAGES)


def relu(C, n):
    return {
        "norm": norm(o, C),
        "w1": weight(o, C, n * C),
        "b1": o.normal(n * C, scale=0.5),
        "w2": weight(o, n * C, C),
        "b2": o.normal(C, scale=0.5),
    }


def swiglu(C, n):
    return {
        "norm": norm(o, C),
        "gate": weight(o, C, n * C),
        "up": weight(o, C, n * C),
        "down": weight(o, n * C, C),
    }


def peer(x, p):
    C = x.shape[-1]
    if "gate" in p:
        state = layer_norm("layer_norm", p["norm"]) | {
            "swiglu.linear_a.weight": p["gate"].T,
            "swiglu.linear_b.weight": p["up"].T,
            "linear_out.weight": p["down"].T,
        }
        return run(SwiGLUTransition(C, p["gate"].shape[1] // C), state, x)
    state = layer_norm("layer_norm", p["norm"]) | {
        "transition_mlp.layers.0.0.weight": p["w1"].T,
        "transition_mlp.layers.0.0.bias": p["b1"],
        "transition_mlp.linear_out.weight": p["w2"].T,
        "transition_mlp.linear_out.bias": p["b2"],
    }
    return run(ReLUTransition(C, p["w1"].shape[1] // C), state, x)


o.case("values", "ReLU, pairs", [o.normal(2, 3, 3, 4), relu(4, 2)], peer)
o.case("values", "ReLU, an alignment", [o.normal(1, 3, 4, 6), relu(6, 4)], peer)
o.case("values", "SwiGLU, pairs", [o.normal(2, 3, 3, 4), swiglu(4, 2)], peer)
o.case("values", "SwiGLU, tokens", [o.normal(2, 5, 6), swiglu(6, 4)], peer)
o.case("shapes", "one vector", [o.normal(4), relu(4, 2)], peer)
o.case("shapes", "one vector, SwiGLU", [o.normal(1, 4), swiglu(4, 1)], peer)
o.case(
    "gradient",
    "ReLU: x and all weights",
    [o.normal(2, 3, 4), relu(4, 2)],
    peer,
    wrt=["0", "1.w1", "1.b1", "1.w2", "1.b2", "1.norm.gamma", "1.norm.beta"],
    terms=30,
)
o.case(
    "gradient",
    "SwiGLU: x and all weights",
    [o.normal(2, 3, 4), swiglu(4, 2)],
    peer,
    wrt=["0", "1.gate", "1.up", "1.down", "1.norm.gamma", "1.norm.beta"],
    terms=30,
)
o.error(
    "the norm has another width", [o.normal(2, 3, 4), {**relu(4, 2), "norm": norm(o, 5)}], "norm"
)
o.error("w1 has another width", [o.normal(2, 3, 4), {**relu(4, 2), "w1": o.normal(5, 8)}], "w")
o.error(
    "gate has another width", [o.normal(2, 3, 4), {**swiglu(4, 2), "gate": o.normal(5, 8)}], "gate"
)
o.save()
