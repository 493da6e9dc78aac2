"""unifyVocabularies: a direct transcription: all ids written down one after another."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from life_peers import PACKAGES  # noqa: E402
from oracle import Oracle  # noqa: E402
from vocabulary_peers import LIFE, unify  # noqa: E402

o = Oracle("unifyVocabularies", packages=PACKAGES)
o.case("values", "text, image, DNA and cell", [LIFE], unify)
o.case(
    "values",
    "real sizes",
    [
        [
            {"name": "text", "size": 50257},
            {"name": "image", "size": 64},
            {"name": "dna", "size": 4097},
        ]
    ],
    unify,
)
o.case("values", "another order", [LIFE[::-1]], unify)
o.case("shapes", "one modality of one token", [[{"name": "x", "size": 1}]], unify)
o.case("shapes", "no modality", [[]], unify)
o.error("one name twice", [[{"name": "dna", "size": 5}, {"name": "dna", "size": 6}]], "dna")
o.error("no token", [[{"name": "text", "size": 5}, {"name": "dna", "size": 0}]], "size")
o.error("half a token", [[{"name": "dna", "size": 2.5}]], "size")
o.error("no name", [[{"name": "", "size": 2}]], "name")
o.case(
    "values",
    "names of properties that every object has",
    [[{"name": "constructor", "size": 3}, {"name": "toString", "size": 2}]],
    unify,
)
o.save()
