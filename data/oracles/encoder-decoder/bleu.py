"""bleu: sacrebleu's corpus score of tokens as they are, without smoothing."""

import pathlib
import sys

from sacrebleu.metrics import BLEU

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402

o = Oracle("bleu", packages=("sacrebleu", "numpy", "safetensors"))
metric = BLEU(tokenize="none", force=True, smooth_method="none", effective_order=False)


def score(candidates, references):
    return metric.corpus_score(
        [" ".join(c) for c in candidates], [[" ".join(r) for r in references]]
    ).score


def noisy(reference, words, rate):
    out = []
    for word in reference:
        draw = o.rng.random()
        if draw < rate:
            out.append(str(o.rng.choice(words)))
        elif draw < 1 - rate / 2:
            out.append(word)
    return out


def corpus(sentences, longest, words):
    return [
        [str(w) for w in o.rng.choice(words, o.rng.integers(4, longest))] for _ in range(sentences)
    ]


cat = "the cat is on the mat".split()
words = "the a cat dog mat is was on under red green".split()
references = corpus(8, 14, words)
paper = [
    "it is a guide to action which ensures that the military always obeys the commands of "
    "the party".split(),
    "it is to insure the troops forever hearing the activity guidebook that party direct".split(),
]
truth = (
    "it is a guide to action that ensures that the military will forever heed party commands"
).split()
o.case(
    "values",
    "the first candidate of the paper's example 1, one of its references",
    [[paper[0]], [truth]],
    score,
)
o.case("values", "the second, which shares no four words in a row", [[paper[1]], [truth]], score)
o.case(
    "values",
    "a corpus with some errors",
    [[noisy(r, words, 0.15) for r in references], references],
    score,
)
o.case(
    "values", "another with fewer", [[noisy(r, words, 0.05) for r in references], references], score
)
o.case("values", "candidates that are too short", [[r[:-2] for r in references], references], score)
o.case(
    "values",
    "candidates that are too long",
    [[r + ["the", "mat"] for r in references], references],
    score,
)
o.case(
    "values",
    "a word that is repeated counts as often as the reference holds it",
    [[cat + ["the"] * 7, cat], [cat, cat]],
    score,
)
o.case(
    "values",
    "letters of other scripts",
    [["größer ist nicht besser ,".split()], ["größer ist nicht immer besser ,".split()]],
    score,
)
o.case("property", "the same texts", [references, references], score)
o.case(
    "property",
    "a sentence of three words among others",
    [[["a", "red", "cat"], *references], [["a", "red", "cat"], *references]],
    score,
)
o.case("property", "nothing in common", [[["x"] * 6], [cat]], score)
o.case("shapes", "no four words in any candidate", [[["the", "cat", "is"]], [cat]], score)
o.case("shapes", "a candidate is empty", [[[], *references[1:]], references], score)
o.error("a reference is missing", [references, references[1:]], "references")
objects = "constructor toString __proto__ valueOf hasOwnProperty constructor".split()
o.case(
    "values",
    "words that are properties of every object",
    [[objects, objects[::-1]], [[*objects[:-1], "toString"], objects[::-1]]],
    score,
)
o.save()
