"""normalizeBert: Hugging Face's BertNormalizer."""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402
from tokens import PACKAGES, TEXTS, bert  # noqa: E402


def normalize(text, options=None):
    return bert((options or {}).get("lowercase", True)).normalizer.normalize_str(text)


o = Oracle("normalizeBert", packages=PACKAGES)
for name, text in TEXTS.items():
    o.case("values", name, [text], normalize)
for name in ("Latin", "Greek", "Hebrew", "Chinese", "all sorts of white space", "combining marks", "Hangul"):
    o.case("values", f"{name}, case and accents kept", [TEXTS[name], {"lowercase": False}], normalize)
o.error("text is a number", [3], "text")
o.save()
