"""normalizeBert: Hugging Face's BertNormalizer, and BERT's own BasicTokenizer for the Chinese
blocks, of which BertNormalizer has one wrong.
"""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402
from token_peers import PACKAGES, TEXTS, bert  # noqa: E402
from transformers.models.bert.tokenization_bert_legacy import BasicTokenizer  # noqa: E402


def normalize(text, options=None):
    return bert((options or {}).get("lowercase", True)).normalizer.normalize_str(text)


o = Oracle("normalizeBert", packages=(*PACKAGES, "transformers"))
for name, text in TEXTS.items():
    o.case("values", name, [text], normalize)
for name in (
    "Latin",
    "Greek",
    "Hebrew",
    "Chinese",
    "all sorts of white space",
    "combining marks",
    "Hangul",
):
    o.case(
        "values", f"{name}, case and accents kept", [TEXTS[name], {"lowercase": False}], normalize
    )
# U+2B820 to U+2B91F are Chinese in BasicTokenizer; BertNormalizer begins at U+2B920
ends = (
    "\u33ff\u3400\u4dbf\u4dc0\u4e00\u9fff\ua000\uf900\ufaff"
    "\U00020000\U0002a6df\U0002a700\U0002b73f\U0002b740"
    "\U0002b81f\U0002b820\U0002b91f\U0002b920\U0002ceaf\U0002f800\U0002fa1f"
)
o.case(
    "values",
    "the ends of the Chinese blocks",
    ["x".join(ends), {"lowercase": False}],
    lambda text, _: BasicTokenizer()._tokenize_chinese_chars(text),
)
o.error("text is a number", [3], "text")
o.save()
