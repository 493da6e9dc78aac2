"""preTokenizeBert: Hugging Face's BertPreTokenizer."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402
from token_peers import PACKAGES, TEXTS, bert  # noqa: E402


def pre_tokenize(text):
    return [word for word, _ in bert().pre_tokenizer.pre_tokenize_str(text)]


o = Oracle("preTokenizeBert", packages=PACKAGES)
for name, text in TEXTS.items():
    o.case("values", name, [text], pre_tokenize)
o.error("text is a list", [["a"]], "text")
o.save()
