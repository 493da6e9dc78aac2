"""decodeWordPiece: Hugging Face's WordPiece decoder without clean-up."""

import pathlib
import sys

from tokenizers import decoders

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Ints, Map, Oracle  # noqa: E402
from token_peers import PACKAGES  # noqa: E402


def decode(ids, model):
    return decoders.WordPiece(prefix="##", cleanup=False).decode([model["vocab"][i] for i in ids])


vocab = ["[UNK]", "[CLS]", "un", "##aff", "##able", "it", "'", "s", "!", "##", "中"]
model = {
    "vocab": vocab,
    "ids": Map({p: i for i, p in enumerate(vocab)}),
    "unknown": "[UNK]",
    "maxWordLength": 100,
    "lowercase": True,
}
o = Oracle("decodeWordPiece", packages=PACKAGES)
o.case("values", "pieces of a word", [[2, 3, 4], model], decode)
o.case("values", "signs stand apart", [[5, 6, 7, 8, 10, 10], model], decode)
o.case("values", "specials are pieces like any other", [[1, 2, 0, 3], model], decode)
o.case("values", "a list that opens inside a word", [[4, 3, 2], model], decode)
o.case("shapes", "no ids", [[], model], decode)
o.error("an id behind the vocabulary", [[2, 11], model], "11")
o.error("a negative id", [[-1], model], "position 0")
o.case("values", "ids come as an Int32Array", [Ints([2, 3, 4, 5]), model], decode)
o.case("values", "a piece of nothing but ##", [[2, 9, 5], model], decode)
o.save()
