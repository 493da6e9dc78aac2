"""swiGlu: LlamaMLP of transformers in float64, whose weights are the transposes of ours."""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402
from transformers.models.llama.modeling_llama import LlamaConfig, LlamaMLP  # noqa: E402


def swi_glu(x, params):
    C, hidden = params["gate"].shape
    mlp = LlamaMLP(
        LlamaConfig(hidden_size=C, intermediate_size=hidden, num_attention_heads=1)
    ).double()
    weights = {f"{name}_proj.weight": params[name].T for name in ("gate", "up", "down")}
    return torch.func.functional_call(mlp, weights, (x,))


o = Oracle("swiGlu")


def params(C, hidden):
    return {"gate": o.normal(C, hidden), "up": o.normal(C, hidden), "down": o.normal(hidden, C)}


o.case("values", "a batch of tokens", [o.normal(2, 5, 8), params(8, 12)], swi_glu, terms=100)
o.case("values", "large features", [o.normal(3, 6, scale=100), params(6, 4)], swi_glu, terms=1e5)
o.case("values", "features of zero", [torch.zeros(2, 4), params(4, 6)], swi_glu)
o.case("shapes", "one vector", [o.normal(6), params(6, 5)], swi_glu, terms=50)
o.case("shapes", "rank four", [o.normal(2, 1, 3, 4), params(4, 8)], swi_glu, terms=50)
o.case("shapes", "one hidden feature", [o.normal(3, 4), params(4, 1)], swi_glu, terms=10)
o.case("shapes", "no tokens", [torch.zeros(0, 4), params(4, 6)], swi_glu)
o.case(
    "gradient",
    "x and all weights",
    [o.normal(2, 3, 4), params(4, 5)],
    swi_glu,
    wrt=["0", "1.gate", "1.up", "1.down"],
    terms=50,
)
o.error(
    "gate has another width",
    [o.normal(2, 4), {"gate": o.normal(3, 5), "up": o.normal(4, 5), "down": o.normal(5, 4)}],
    "gate",
)
o.error(
    "up and gate differ",
    [o.normal(2, 4), {"gate": o.normal(4, 5), "up": o.normal(4, 6), "down": o.normal(5, 4)}],
    "up",
)
o.error(
    "down is not turned round",
    [o.normal(2, 4), {"gate": o.normal(4, 5), "up": o.normal(4, 5), "down": o.normal(4, 5)}],
    "down",
)
o.error("x holds whole numbers", [o.ids(2, 4, below=5), params(4, 5)], "x")
o.case(
    "gradient",
    "features of a hundred",
    [o.normal(2, 3, scale=100), params(3, 5)],
    swi_glu,
    wrt=["0", "1.gate", "1.up", "1.down"],
    terms=1e5,
)
o.save()
