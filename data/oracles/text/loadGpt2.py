"""loadGpt2: the ids that Hugging Face's tokenizers gives with OpenAI's files; test by
encodeBpe(text, loadGpt2()).
"""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402
from token_peers import PACKAGES, TEXTS, gpt2  # noqa: E402

tokenizer = gpt2()
o = Oracle("loadGpt2", packages=PACKAGES)
for name, text in TEXTS.items():
    o.case("values", name, [text], lambda t: tokenizer.encode(t).ids)
o.case("values", "all in one", ["\n".join(TEXTS.values())], lambda t: tokenizer.encode(t).ids)
o.case(
    "values",
    "lone surrogates are U+FFFD",
    ["a\ud800b \udc00\ud800 c"],
    lambda _: tokenizer.encode("a\ufffdb \ufffd\ufffd c").ids,
)
o.save()
