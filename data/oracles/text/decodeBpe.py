"""decodeBpe: Python's bytes.decode with errors="replace"."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Ints, Oracle, Pattern  # noqa: E402
from token_peers import GPT2_PATTERN, PACKAGES, SCRIPTS, train_bpe  # noqa: E402


def decode(ids, model):
    return b"".join(model["vocab"][i] for i in ids).decode("utf-8", "replace")


vocab, merges = train_bpe("\n".join(SCRIPTS.values()), 300, specials=["<s>", "ende €"])
model = {
    "vocab": vocab,
    "merges": merges,
    "pattern": Pattern(GPT2_PATTERN),
    "specials": {"<s>": len(vocab) - 2, "ende €": len(vocab) - 1},
}
o = Oracle("decodeBpe", packages=PACKAGES)
o.case("values", "a character spread over ids", [list("naïve 👩‍👩‍👧 €".encode()), model], decode)
o.case(
    "values",
    "merges and specials",
    [[256, 270, 290, len(vocab) - 1, 32, len(vocab) - 2], model],
    decode,
)
o.case(
    "values",
    "bytes that are no UTF-8",
    [[97, 0xFF, 0xC0, 0x80, 0xE2, 0x82, 98, 0xED, 0xA0, 0x80, 0xF0, 0x9F, 0x98], model],
    decode,
)
o.case("values", "a leading U+FEFF stays", [list("\ufeffa".encode()), model], decode)
o.case("values", "any bytes", [o.rng.integers(0, 256, 200).tolist(), model], decode)
o.case("shapes", "no ids", [[], model], decode)
o.error("an id behind the vocabulary", [[97, len(vocab)], model], str(len(vocab)))
o.error("a negative id", [[97, -1], model], "position 1")
o.case("values", "ids come as an Int32Array", [Ints("naïve €".encode()), model], decode)
o.save()
