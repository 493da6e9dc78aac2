"""encodeWordPiece: Hugging Face's WordPiece."""

import pathlib
import sys

from tokenizers import models

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Map, Oracle  # noqa: E402
from token_peers import PACKAGES, bert  # noqa: E402


def encode(text, model):
    tokenizer = bert(model["lowercase"])
    tokenizer.model = models.WordPiece(
        dict(model["ids"]),
        unk_token=model["unknown"],
        max_input_chars_per_word=model["maxWordLength"],
    )
    return tokenizer.encode(text).ids


def made(*pieces, unknown="[UNK]", longest=100, lowercase=True):
    vocab = [unknown, *pieces]
    return {
        "vocab": vocab,
        "ids": Map({p: i for i, p in enumerate(vocab)}),
        "unknown": unknown,
        "maxWordLength": longest,
        "lowercase": lowercase,
    }


o = Oracle("encodeWordPiece", packages=PACKAGES)
words = made(
    "un",
    "##aff",
    "##able",
    "unaff",
    "##a",
    "##ble",
    "the",
    "t",
    "##h",
    "##e",
    "cafe",
    "!",
    "'",
    "##s",
    "s",
    "it",
    "中",
    "##👩",
    "👩",
)
o.case("values", "the longest piece wins, not the best cut", ["unaffable the them!", words], encode)
o.case("values", "a word that cannot be finished is one unknown", ["then unaffx", words], encode)
o.case("values", "case and accents", ["CAFÉ The it's", words], encode)
o.case(
    "values", "case is kept", ["The the", made("the", "T", "##h", "##e", lowercase=False)], encode
)
o.case("values", "Chinese characters are words", ["中the中", words], encode)
o.case(
    "values",
    "words at the longest length and beyond",
    ["aaaa aaaaa 👩👩👩👩", made("a", "##a", "👩", "##👩", longest=4)],
    encode,
)
o.case("values", "a piece that goes on does not begin a word", ["able a", words], encode)
o.case("values", "another unknown", ["x the", made("the", unknown="<?>")], encode)
o.case("shapes", "no text", ["", words], encode)
o.case("shapes", "only white space", [" \t\n", words], encode)
o.error("text is missing", [None, words], "text")
first = {
    "vocab": ["the", "##m", "[UNK]"],
    "ids": Map({"the": 0, "##m": 1, "[UNK]": 2}),
    "unknown": "[UNK]",
    "maxWordLength": 100,
    "lowercase": True,
}
o.case("values", "a piece whose id is 0", ["them the x", first], encode)
o.case("values", "words that are properties of every object", ["constructor the", words], encode)
o.case("values", "no word is short enough", ["a a", made("a", longest=0)], encode)
o.save()
