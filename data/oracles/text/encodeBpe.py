"""encodeBpe: Hugging Face's BPE on models that were trained by the contract's rules."""

import pathlib
import sys

import regex
from tokenizers import Tokenizer, models

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle, Pattern  # noqa: E402
from token_peers import GPT2_PATTERN, ODDITIES, PACKAGES, SCRIPTS, train_bpe  # noqa: E402


def encode(text, model):
    spelled = ["".join(map(chr, piece)) for piece in model["vocab"]]  # bytes as Latin-1
    first = len(spelled) - len(model["specials"])
    bpe = Tokenizer(
        models.BPE(
            {s: i for i, s in enumerate(spelled[:first])},
            [(spelled[a], spelled[b]) for a, b in model["merges"]],
        )
    ).model
    specials = sorted(model["specials"], key=len, reverse=True)
    pieces = (
        regex.split("(" + "|".join(map(regex.escape, specials)) + ")", text) if specials else [text]
    )
    ids = []
    for piece in pieces:
        if piece in model["specials"]:
            ids.append(model["specials"][piece])
        else:
            for word in regex.findall(model["pattern"], piece):
                ids += [
                    t.id
                    for t in bpe.tokenize(
                        "".join(
                            map(
                                chr,
                                word.encode("utf-16", "surrogatepass")
                                .decode("utf-16", "replace")
                                .encode(),
                            )
                        )
                    )
                ]
    return ids


def trained(text, size, specials=()):
    vocab, merges = train_bpe(text, size, specials=specials)
    return {
        "vocab": vocab,
        "merges": merges,
        "pattern": Pattern(GPT2_PATTERN),
        "specials": {s: len(vocab) - len(specials) + i for i, s in enumerate(specials)},
    }


o = Oracle("encodeBpe", packages=PACKAGES)
cat = trained(
    "the cat sat on the mat, and the rat that sat there sat flat.",
    285,
    ["<s>", "<s><s>", "a|b", "."],
)
world = trained("\n".join(SCRIPTS.values()), 340)
o.case("values", "a sentence", ["the fat cat that sat there, then it's 42.", cat], encode)
o.case("values", "specials beside each other", ["<s><s><s>cat<s>a|b the.", cat], encode)
o.case("values", "thirty scripts", ["\n".join(SCRIPTS.values()), world], encode)
o.case(
    "values",
    "joiners, marks, control characters, all sorts of white space",
    ["".join(ODDITIES.values()), world],
    encode,
)
o.case(
    "values",
    "lone surrogates are U+FFFD",
    ["a\ud800b \udc00", cat],
    lambda _, m: encode("a\ufffdb \ufffd", m),
)
digits = Pattern(r"\p{N}|\P{N}+")
pair = {
    "vocab": [bytes([i]) for i in range(256)] + [b"12"],
    "merges": [[49, 50]],
    "pattern": digits,
    "specials": {},
}
o.case("values", "another pattern, by which each digit is a word", ["12 a12", pair], encode)
o.case("shapes", "only a special", ["<s>", cat], encode)
o.case("shapes", "no text", ["", cat], encode)
o.case("shapes", "no merges and no specials", ["héllo", trained("", 256)], encode)
o.error("text is a number", [7, trained("", 256)], "text")
o.case(
    "values",
    "words that are properties of every object",
    ["constructor toString __proto__ hasOwnProperty", cat],
    encode,
)
o.save()
