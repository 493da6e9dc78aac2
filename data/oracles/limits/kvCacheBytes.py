"""kvCacheBytes: transformers' DynamicCache after a forward pass, its tensors' bytes added up."""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402
from transformer_peers import GPT2_SMALL, LLAMA, SMALL, gpt2, llama, shape  # noqa: E402

DTYPES = {4: torch.float32, 2: torch.bfloat16, 8: torch.float64}
SMOLLM2 = shape(30, 576, 9, 1536, 49152, 8192, **LLAMA, kvHeads=3)


def cache(build):
    def count(s, tokens, bytes_per_value=4):
        if tokens == 0:
            return 0
        model = build(s, "cpu").to(DTYPES.get(bytes_per_value, torch.float32)).eval()
        with torch.no_grad():
            kept = model(torch.zeros(1, tokens, dtype=torch.long), use_cache=True).past_key_values
        values = sum(
            x.numel() * x.element_size()
            for layer in kept.layers
            for x in (layer.keys, layer.values)
        )
        return (
            values if bytes_per_value in DTYPES else values / 4 * bytes_per_value
        )  # there is no dtype of four bits

    return count


o = Oracle("kvCacheBytes")
grouped = {**SMALL, **LLAMA, "kvHeads": 2}
o.case("values", "a small GPT-2", [SMALL, 10], cache(gpt2))
o.case("values", "GPT-2 small, 64 tokens", [GPT2_SMALL, 64], cache(gpt2))
o.case("values", "sixteen bits", [SMALL, 10, 2], cache(gpt2))
o.case("values", "grouped keys", [grouped, 12], cache(llama))
o.case("values", "one group, sixteen bits", [{**grouped, "kvHeads": 1}, 12, 2], cache(llama))
o.case("values", "SmolLM2-135M, 20 tokens of sixteen bits", [SMOLLM2, 20, 2], cache(llama))
o.case("values", "four bits", [grouped, 15, 0.5], cache(llama))
o.case("property", "twice the tokens, twice the bytes", [SMALL, 20], cache(gpt2))
o.case("shapes", "one token", [SMALL, 1], cache(gpt2))
o.case("shapes", "nothing read yet", [SMALL, 0], cache(gpt2))
o.error("half a token", [SMALL, 0.5], "tokens")
o.error("fewer than no tokens", [SMALL, -1], "tokens")
o.error("no bytes a value", [SMALL, 4, 0], "bytesPerValue")
o.error("kvHeads do not divide heads", [{**SMALL, "kvHeads": 3}, 4], "kvHeads")
o.save()
