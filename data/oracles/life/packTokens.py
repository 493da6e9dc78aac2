"""packTokens: a direct transcription: each token looked up by its meaning among all ids."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from life_peers import PACKAGES  # noqa: E402
from oracle import Oracle  # noqa: E402
from vocabulary_peers import LIFE, pack, unify  # noqa: E402

V = unify(LIFE)
run = lambda segments, _: pack(segments, LIFE)
part = lambda modality, *ids: {"modality": modality, "ids": list(ids)}
o = Oracle("packTokens", packages=PACKAGES)
o.case("values", "one segment", [[part("dna", 0, 4, 2)], V], run)
o.case(
    "values",
    "one of each modality",
    [
        [part("text", 3, 19, 0), part("image", 7, 0), part("dna", 0, 1, 2, 3, 4), part("cell", 11)],
        V,
    ],
    run,
)
o.case(
    "values",
    "a modality comes twice",
    [[part("text", 5), part("dna", 1), part("text", 6), part("text", 7)], V],
    run,
)
o.case(
    "values",
    "many segments",
    [
        [
            part(m["name"], *o.rng.integers(0, m["size"], 6).tolist())
            for m in (LIFE[i] for i in o.rng.integers(0, 4, 8))
        ],
        V,
    ],
    run,
)
o.case("shapes", "a segment without ids", [[part("cell"), part("dna", 1)], V], run)
o.case("shapes", "no segments", [[], V], run)
o.error(
    "an id that the modality does not have", [[part("text", 1), part("dna", 0, 5)], V], "position 1"
)
o.error("a negative id", [[part("cell", -1)], V], "position 0")
o.error("half an id", [[part("cell", 1, 2, 0.5)], V], "position 2")
o.error("a modality that is not there", [[part("sound", 1)], V], "sound")
odd = [{"name": "constructor", "size": 300}, {"name": "toString", "size": 70000}]
o.case(
    "values",
    "modalities named like properties of every object, ids beyond 65,535",
    [[part("toString", 69999, 0, 65536), part("constructor", 299)], unify(odd)],
    lambda segments, _: pack(segments, odd),
)
o.save()
