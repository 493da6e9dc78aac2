"""predictMasked: the prediction head of transformers' BERT, its decoder tied to the table of
tokens.
"""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from encoder_peers import norm  # noqa: E402
from oracle import Oracle  # noqa: E402
from torch.func import functional_call  # noqa: E402
from transformers import BertConfig  # noqa: E402
from transformers.models.bert.modeling_bert import BertLMPredictionHead  # noqa: E402

o = Oracle("predictMasked")


def predict(hidden, tokens, head, eps=1e-12):
    V, C = tokens.shape
    module = BertLMPredictionHead(
        BertConfig(
            vocab_size=V,
            hidden_size=C,
            num_attention_heads=1,
            layer_norm_eps=eps,
            hidden_act="gelu",
        )
    ).double()
    state = {
        "transform.dense.weight": head["w"].T,
        "transform.dense.bias": head["b"],
        "transform.LayerNorm.weight": head["norm"]["gamma"],
        "transform.LayerNorm.bias": head["norm"]["beta"],
        "decoder.weight": tokens,
        "decoder.bias": head["bias"],
        "bias": head["bias"],
    }
    return functional_call(module, state, (hidden,))


def head(C, V):
    return {
        "w": o.normal(C, C, scale=C**-0.5),
        "b": o.normal(C, scale=0.2),
        "norm": norm(o, C),
        "bias": o.normal(V),
    }


o.case("values", "two texts", [o.normal(2, 4, 6), o.normal(9, 6), head(6, 9)], predict)
o.case(
    "values",
    "ESM's eps",
    [o.normal(3, 4, scale=0.01), o.normal(7, 4), head(4, 7), 1e-5],
    predict,
    widen=5,
)  # so small numbers cancel in the norm
o.case("shapes", "one vector", [o.normal(4), o.normal(3, 4), head(4, 3)], predict)
o.case(
    "shapes",
    "a vocabulary as large as the width",
    [o.normal(2, 5), o.normal(5, 5), head(5, 5)],
    predict,
)
o.case(
    "gradient",
    "all inputs",
    [o.normal(2, 3, 4), o.normal(5, 4), head(4, 5)],
    predict,
    wrt=["0", "1", "2.w", "2.b", "2.norm.gamma", "2.norm.beta", "2.bias"],
)
o.error("a bias for another vocabulary", [o.normal(2, 4), o.normal(5, 4), head(4, 6)], "bias")
almost = head(4, 5) | {"b": o.normal(4, scale=0.0)}
o.case(
    "values",
    "eps 0, features of a millionth",
    [o.normal(3, 4, scale=1e-6), o.normal(5, 4), almost, 0.0],
    predict,
)
o.save()
