"""patchActivation: transformers' GPT2LMHeadModel with PyTorch's forward pre-hooks on its blocks and
on its last norm.
"""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from decoders.model_peers import gpt2, gpt_params, paths  # noqa: E402
from oracle import Oracle  # noqa: E402

o = Oracle("patchActivation")


def patch(clean, corrupted, params, options):
    model = gpt2(params, options["heads"])
    modules = [*model.transformer.h, model.transformer.ln_f]
    kept = {}

    def keep(layer):
        def hook(_module, inputs):
            kept[layer] = inputs[0]

        return hook

    def write(layer):
        def hook(_module, inputs):
            stream = inputs[0].clone()
            for place in options["places"]:
                if place["layer"] == layer:
                    stream[:, place["position"]] = kept[layer][:, place["position"]]
            return (stream, *inputs[1:])

        return hook

    handles = [m.register_forward_pre_hook(keep(i)) for i, m in enumerate(modules)]
    model(clean.long())
    for handle in handles:
        handle.remove()
    for i, m in enumerate(modules):
        m.register_forward_pre_hook(write(i))
    return model(corrupted.long()).logits


at = lambda *places: [{"layer": layer, "position": position} for layer, position in places]
deep = gpt_params(o, 9, 8, 16, 6, 2)
two = lambda B=1, T=4: [o.ids(B, T, below=9), o.ids(B, T, below=9)]
given = lambda *places: {"heads": 2, "places": at(*places)}
o.case("values", "nothing is patched", [*two(), deep, given()], patch)
o.case("values", "one token's embedding", [*two(2), deep, given((0, 1))], patch)
o.case("values", "between the blocks", [*two(2), deep, given((1, 2))], patch)
o.case("values", "after the last block", [*two(), deep, given((2, 3))], patch)
o.case("values", "two places in one layer", [*two(), deep, given((1, 0), (1, 2))], patch)
o.case("values", "places in two layers", [*two(2, 6), deep, given((2, 1), (0, 4), (1, 3))], patch)
o.case("values", "a place twice", [*two(), deep, given((1, 1), (1, 1))], patch)
every = lambda layer, T: [(layer, t) for t in range(T)]
o.case("property", "all embeddings: the clean run", [*two(2), deep, given(*every(0, 4))], patch)
o.case("property", "all of the last layer", [*two(2), deep, given(*every(2, 4))], patch)
o.case("shapes", "one token", [*two(3, 1), deep, given((1, 0))], patch)
none = gpt_params(o, 9, 4, 8, 4, 0)
o.case("shapes", "no blocks", [*two(1, 3), none, {"heads": 1, "places": at((0, 2))}], patch)
tiny = gpt_params(o, 5, 4, 8, 4, 2)
texts = [o.ids(1, 3, below=5), o.ids(1, 3, below=5)]
o.case(
    "gradient",
    "all weights, through both runs",
    [*texts, tiny, given((1, 1), (2, 0))],
    patch,
    wrt=paths(tiny, 2),
    terms=40,
)
o.error(
    "an id past the table",
    [o.ids(1, 4, below=9), o.ids(1, 4, below=9) + 9, deep, given()],
    "corrupted",
)
o.error(
    "texts of two lengths", [o.ids(1, 3, below=9), o.ids(1, 4, below=9), deep, given()], "corrupted"
)
o.error("a layer past the last", [*two(), deep, given((3, 0))], "layer")
o.error("a negative layer", [*two(), deep, given((-1, 0))], "layer")
o.error("a position past the last", [*two(), deep, given((0, 4))], "position")
o.error("half a position", [*two(), deep, given((0, 0.5))], "position")
o.error("longer than the table of positions", [*two(1, 7), deep, given()], "length")
o.save()
