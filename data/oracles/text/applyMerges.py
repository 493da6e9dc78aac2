"""applyMerges: Hugging Face's BPE model, its tokens named by their ids."""

import pathlib
import sys

from tokenizers import Tokenizer, models

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402
from token_peers import PACKAGES, train_bpe  # noqa: E402


def apply(ids, merges):
    name = chr  # each id as one character, so that the model's words are lists of ids
    vocab, spelled = {name(i): i for i in range(256)}, [name(i) for i in range(256)]
    for left, right in merges:
        spelled.append(spelled[left] + spelled[right])
        vocab[spelled[-1]] = len(spelled) - 1
    model = models.BPE(vocab, [(spelled[a], spelled[b]) for a, b in merges])
    return [t.id for t in Tokenizer(model).model.tokenize("".join(map(name, ids)))] if ids else []


o = Oracle("applyMerges", packages=PACKAGES)
_, cat = train_bpe("the cat sat on the mat, and the rat that sat there sat flat.", 280)
_, runs = train_bpe("aaaaaaaa aaaa aa b", 262)
spell = lambda text: list(text.encode())
o.case("values", "a word that was seen", [spell(" that"), cat], apply)
o.case("values", "a word that was not", [spell("thermatter"), cat], apply)
o.case("values", "an earlier merge to the right", [spell("abc"), [[98, 99], [97, 98]]], apply)
o.case(
    "values",
    "a short early merge against a long late one",
    [spell("lowest"), [[115, 116], [101, 256], [111, 119], [108, 258], [119, 257]]],
    apply,
)
o.case(
    "values",
    "a merge of merges",
    [spell("abcdabcd"), [[97, 98], [99, 100], [256, 257], [258, 258]]],
    apply,
)
o.case("values", "one letter again and again", [spell("aaaaaaaaaaa"), runs], apply)
o.case("values", "a long word", [[97 + int(i) for i in o.rng.integers(0, 20, 120)], cat], apply)
o.case("shapes", "nothing merges", [spell("xyz"), cat], apply)
o.case("shapes", "no merges", [spell("abc"), []], apply)
o.case("shapes", "one byte", [[255], cat], apply)
o.case("shapes", "no bytes", [[], cat], apply)
o.case("values", "the bytes 0 and 255", [[0, 0, 0, 255], [[0, 0], [256, 0]]], apply)
o.save()
