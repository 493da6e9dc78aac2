"""trainWordPiece: the contract's rules written out with fractions; words come from Hugging Face's
normalizer and pre-tokenizer.
"""

import pathlib
import sys
from collections import Counter
from fractions import Fraction

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Map, Oracle  # noqa: E402
from token_peers import PACKAGES, bert, pairs_of, replace  # noqa: E402


def train(text, vocab_size, options=None):
    options = options or {}
    specials, lowercase = (
        options.get("specials", ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]),
        options.get("lowercase", True),
    )
    tokenizer = bert(lowercase)
    tally = Counter(
        word
        for word, _ in tokenizer.pre_tokenizer.pre_tokenize_str(
            tokenizer.normalizer.normalize_str(text)
        )
    )
    words = [
        ([c if i == 0 else "##" + c for i, c in enumerate(word)], n) for word, n in tally.items()
    ]
    vocab = specials + sorted(
        {c for word, _ in words for c in word}
    )  # Python orders texts by code points
    while len(vocab) < vocab_size:
        counts, singles = pairs_of(words), Counter()
        for word, n in words:
            for c in word:
                singles[c] += n
        if not counts:
            break
        a, b = min(counts, key=lambda p: (-Fraction(counts[p], singles[p[0]] * singles[p[1]]), p))
        if a + b[2:] not in vocab:
            vocab.append(a + b[2:])
        words = [(replace(word, (a, b), a + b[2:]), n) for word, n in words]
    return {
        "vocab": vocab,
        "ids": Map({p: i for i, p in enumerate(vocab)}),
        "unknown": "[UNK]",
        "maxWordLength": 100,
        "lowercase": lowercase,
    }


o = Oracle("trainWordPiece", packages=PACKAGES)
o.case("values", "a sentence", ["hug pug pun bun hugs hug pug hug pun bun bun hugs", 24], train)
o.case(
    "values",
    "longer words",
    ["the cat sat on the mat, and the rat that sat there sat flat.", 60],
    train,
)
o.case("values", "several scripts", ["Straße naïve Σοφία софия नमस्ते 中文 𝔸ﬁ 한글", 75], train)
o.case("values", "case is kept", ["The the THE theme Thé", 20, {"lowercase": False}], train)
o.case("values", "equal scores", ["ba ab dc cd", 16], train)
o.case("values", "one letter again and again", ["aaaaaaa aaaa aa", 12], train)
o.case(
    "values",
    "a merge reaches a piece that is there",
    ["abc abd ab", 12, {"specials": ["[UNK]", "ab"]}],
    train,
)
o.case("values", "equal scores, and one left piece begins another", ["cd ccdd", 10], train)
o.case(
    "values",
    "a merge makes no new piece, and there is room for one more",
    ["ab cd", 7, {"specials": ["[UNK]", "ab"]}],
    train,
)
o.case("values", "equal scores, one letter beyond U+FFFF", ["𝔸y ﬁz", 10], train)
o.case("values", "other specials", ["low lower lowest", 16, {"specials": ["[UNK]", "<s>"]}], train)
o.case("shapes", "no pair is left", ["ab", 100], train)
o.case("shapes", "no text", ["", 8], train)
o.error("no room for the alphabet", ["abc", 7], "vocabSize")
o.error("text is a number", [3, 50], "text")
o.case(
    "values",
    "words that are properties of every object",
    ["constructor tostring constructor valueof", 40],
    train,
)
o.save()
