"""countParameters: models of transformers and torch built by shape, their numbers added up (see
transformer_peers.py).
"""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402
from transformer_peers import GPT2_SMALL, LLAMA, SMALL, gpt2, llama, parameters, plain, shape  # noqa: E402

o = Oracle("countParameters")
o.case("values", "GPT-2 small", [GPT2_SMALL], parameters(gpt2))
o.case("values", "GPT-2 XL", [shape(48, 1600, 25, 6400, 50257, 1024)], parameters(gpt2))
o.case("values", "a head of its own", [{**SMALL, "tiedHead": False}], parameters(gpt2))
o.case(
    "values",
    "Llama's shape: gated, no biases, no positions",
    [{**SMALL, **LLAMA, "tiedHead": False}],
    parameters(llama),
)
o.case(
    "values",
    "Llama 7B",
    [shape(32, 4096, 32, 11008, 32000, 2048, **LLAMA, tiedHead=False)],
    parameters(llama),
)
o.case(
    "values",
    "SmolLM2-135M: three groups of keys, tied head",
    [shape(30, 576, 9, 1536, 49152, 8192, **LLAMA, kvHeads=3)],
    parameters(llama),
)
o.case(
    "values",
    "one group of keys for all heads",
    [{**SMALL, **LLAMA, "kvHeads": 1}],
    parameters(llama),
)
o.case(
    "values",
    "gated, with biases everywhere",
    [{**SMALL, "gated": True, "learnedPositions": False}],
    parameters(llama),
)
o.case(
    "values",
    "gated, with biases, grouped keys and learned positions",
    [{**SMALL, "gated": True, "kvHeads": 2}],
    parameters(llama),
)
o.case("values", "no biases, torch's own layers", [{**SMALL, "biases": False}], parameters(plain))
o.case(
    "values",
    "no learned positions, torch's own layers",
    [{**SMALL, "learnedPositions": False, "tiedHead": False}],
    parameters(plain),
)
o.case(
    "shapes",
    "all flags said as their defaults are",
    [
        {
            **SMALL,
            "kvHeads": 4,
            "tiedHead": True,
            "gated": False,
            "biases": True,
            "learnedPositions": True,
        }
    ],
    parameters(gpt2),
)
o.case("shapes", "all sizes one", [shape(1, 1, 1, 1, 1, 1)], parameters(plain))
o.error("heads do not divide the width", [{**SMALL, "heads": 5}], "heads")
o.error("kvHeads do not divide heads", [{**SMALL, "kvHeads": 3}], "kvHeads")
o.error("half a layer", [{**SMALL, "layers": 0.5}], "layers")
o.error("no vocabulary", [{**SMALL, "vocabulary": 0}], "vocabulary")
o.save()
