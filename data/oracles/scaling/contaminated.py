"""contaminated: words by Unicode's categories, n-grams as tuples, counted one by one."""

import pathlib
import sys
import unicodedata

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402


def grams(text, n):
    kept = [c if unicodedata.category(c)[0] in "LN" else " " for c in text.lower()]
    words = "".join(kept).split()
    return list(zip(*(words[i:] for i in range(n)), strict=False))


def share(tests, training, n=13):
    found = []
    for test in tests:
        pieces = grams(test, n)
        hits = sum(any(piece in grams(text, n) for text in training) for piece in pieces)
        found.append(hits / len(pieces) if pieces else 0)
    return found


o = Oracle("contaminated", packages=("numpy", "torch", "safetensors"))
WORDS = "the of and to in a is that for it as was with on by at from".split()
text = lambda n, below=17: " ".join(WORDS[i] for i in o.rng.integers(0, below, n))
training = [text(40), text(60), text(25)]
piece = " ".join(training[1].split()[10:34])
o.case("values", "pairs of words", [[text(20), text(9)], training, 2], share)
o.case("values", "three words", [[text(50, 5), piece], training, 3], share)
o.case("values", "words alone", [["The cat was at home", "cats"], training, 1], share)
o.case("values", "13 words by default", [[f"so {piece} then", text(30), piece], training], share)
o.case(
    "values", "13 words, and 12", [[" ".join(piece.split()[:k]) for k in (12, 13)], training], share
)
o.case("values", "all of it", [[piece], training, 5], share)
o.case("values", "case and signs", [["Don't STOP; me-now!"], ["(don t stop) me, NOW 1"], 2], share)
o.case("values", "digits", [["version 1.2.3 of 10"], ["Version 1 2 4 of 10"], 2], share)
o.case("values", "other scripts", [["Слово за слово, день"], ["слово за день: СЛОВО"], 1], share)
o.case("values", "across texts", [["a b c d"], ["a b", "c d"], 2], share)
o.case("values", "one piece again and again", [["go go go stop go go"], ["go go"], 2], share)
o.case("values", "parts of words", [["a he in"], ["the pain ahead"], 1], share)
o.case("shapes", "fewer words than n", [["a b", "a b c", ""], ["a b c"], 3], share)
o.case("shapes", "no tests", [[], training, 3], share)
o.case("shapes", "no training", [["a b c"], [], 2], share)
o.error("n is 0", [["a"], ["a"], 0], "n")
o.error("n is half", [["a"], ["a"], 1.5], "n")
o.save()
