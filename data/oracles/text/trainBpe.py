"""trainBpe: the contract's rules written out as slowly as they are told."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle, Pattern  # noqa: E402
from token_peers import GPT2_PATTERN, ODDITIES, PACKAGES, SCRIPTS, train_bpe  # noqa: E402


def train(text, vocab_size, options=None):
    options = options or {}
    specials = options.get("specials", [])
    vocab, merges = train_bpe(text, vocab_size, options.get("pattern", GPT2_PATTERN), specials)
    return {
        "vocab": vocab,
        "merges": merges,
        "pattern": Pattern(options.get("pattern", GPT2_PATTERN)),
        "specials": {s: len(vocab) - len(specials) + i for i, s in enumerate(specials)},
    }


o = Oracle("trainBpe", packages=PACKAGES)
o.case(
    "values",
    "a sentence",
    ["the cat sat on the mat, and the rat that sat there sat flat.", 280],
    train,
)
o.case("values", "thirty scripts", ["\n".join(SCRIPTS.values()), 420], train)
o.case("values", "joiners, marks and control characters", ["".join(ODDITIES.values()), 330], train)
o.case("values", "every pair is seen once", ["zyx wvu", 262], train)
o.case(
    "values",
    "specials never merge",
    ["ab<s>ab<s><s>ab<ss>ab", 262, {"specials": ["<s>", "<ss>"]}],
    train,
)
o.case(
    "values",
    "a special inside a special",
    ["aaENDaaENDEDaa", 261, {"specials": ["END", "ENDED"]}],
    train,
)
o.case("values", "another pattern", ["a-b a-b a-c", 259, {"pattern": Pattern("\\S+|\\s+")}], train)
o.case("shapes", "no pair is left", ["aaaa b", 400], train)
o.case("shapes", "no text", ["", 300], train)
o.case("shapes", "no merges", ["hello", 257, {"specials": ["[X]"]}], train)
o.error("fewer ids than bytes", ["abc", 255], "vocabSize")
o.error("no room for the specials", ["abc", 256, {"specials": ["<s>"]}], "vocabSize")
o.error("text is a number", [7, 300], "text")
o.error("a special is empty", ["abc", 300, {"specials": [""]}], "specials")
o.case(
    "values",
    "words that are properties of every object",
    ["constructor constructor toString", 270],
    train,
)
o.case(
    "values",
    "words that are properties of every object, by another pattern",
    ["__proto__ a __proto__ constructor", 265, {"pattern": Pattern("\\S+|\\s+")}],
    train,
)
o.case(
    "values",
    "a special that is a property of every object",
    ["ab constructor ab", 260, {"specials": ["constructor"]}],
    train,
)
o.case("shapes", "an empty list of specials", ["ab ab", 258, {"specials": []}], train)
o.save()
