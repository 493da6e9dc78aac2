"""unpackTokens: a direct transcription: each id looked up among all meanings."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from life_peers import PACKAGES  # noqa: E402
from oracle import Oracle  # noqa: E402
from vocabulary_peers import LIFE, pack, unify, unpack  # noqa: E402

V = unify(LIFE)
text, image, dna = (V["modalities"][name] for name in ("text", "image", "dna"))
run = lambda ids, _: unpack(ids, LIFE)
part = lambda modality, *ids: {"modality": modality, "ids": list(ids)}
four = pack(
    [part("text", 3, 19, 0), part("image", 7, 0), part("dna", 0, 1, 2, 3, 4), part("cell", 11, 0)],
    LIFE,
)
o = Oracle("unpackTokens", packages=PACKAGES)
o.case(
    "values", "one segment", [[dna["begin"], dna["offset"], dna["offset"] + 4, dna["end"]], V], run
)
o.case("values", "one of each modality", [four, V], run)
o.case("values", "padding behind", [four + [0] * 5, V], run)
o.case(
    "values",
    "padding before, between and inside",
    [[0, 0] + [i for id in four for i in (id, 0)], V],
    run,
)
o.case(
    "values",
    "a modality comes twice",
    [pack([part("text", 5), part("text"), part("dna", 1), part("text", 6)], LIFE), V],
    run,
)
o.case("shapes", "a segment without ids", [[image["begin"], image["end"]], V], run)
o.case("shapes", "only padding", [[0, 0, 0], V], run)
o.case("shapes", "no ids", [[], V], run)
o.error(
    "an id of another modality",
    [[text["begin"], text["offset"], dna["offset"] + 1, text["end"]], V],
    "position 2",
)
o.error("an id outside all segments", [[text["offset"]], V], "position 0")
o.error(
    "a segment opens inside another",
    [[0, text["begin"], dna["begin"], dna["end"]], V],
    "position 2",
)
o.error("another modality's end", [[text["begin"], image["end"]], V], "position 1")
o.error("an end without a begin", [[text["begin"], text["end"], 0, text["end"]], V], "position 3")
o.error("a segment without an end", [[dna["begin"], dna["offset"]], V], "dna")
o.error("an id beyond the vocabulary", [[dna["begin"], V["size"], dna["end"]], V], "position 1")
o.error("half an id", [[dna["begin"], dna["offset"] + 0.5, dna["end"]], V], "position 1")
odd = [{"name": "constructor", "size": 300}, {"name": "toString", "size": 70000}]
o.case(
    "values",
    "modalities named like properties of every object, ids beyond 65,535",
    [
        pack([part("toString", 69999, 0, 65536), part("constructor", 299)], odd),
        unify(odd),
    ],
    lambda ids, _: unpack(ids, odd),
)
o.save()
