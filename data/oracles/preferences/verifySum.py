"""verifySum: Python's whole numbers have any length; a text is right if it is byte by byte what
Python prints, and a period.
"""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402

o = Oracle("verifySum")


def verify(prompt, text):
    total = sum(int(term) for term in prompt.rstrip("=").split("+"))
    return text.encode() == b"%d." % total


def add(group, title, prompt, *texts):
    for text in texts:
        o.case(group, f"{title}: {text[:20]!r}", [prompt, text], verify)


add("values", "right", "27+48=", "75.")
add("values", "right, three numbers", "1+2+3=", "6.")
add("values", "right, zeros in front in the prompt", "007+010=", "17.")
add("values", "right, zero", "0+0=", "0.")
add("values", "wrong", "27+48=", "74.", "65.", "7.", "5.", "57.", "750.", "175.")
add("values", "a list", "27+48=", "74,75.", "75,76.", "75,75.", "70,71,72,73,74,75,76.")
add("property", "no end", "27+48=", "75", "75,", "")
add("property", "two ends", "27+48=", "75..", "75.75.", ".75.", "75.\n")
add("property", "the question comes again", "27+48=", "27+48.", "27+48=75.", "75=75.", "=75.")
add("property", "signs and zeros", "27+48=", "+75.", "-75.", "075.", "75.0", "75.0.", "00075.")
add("property", "spaces", "27+48=", " 75.", "75 .", "75. ", "7 5.", "75\u00a0.", "\u200b75.")
add(
    "property",
    "other ways to write it",
    "27+48=",
    "0x4b.",
    "7.5e1.",
    "1e400.",
    "75n.",
    "7_5.",
    "(75).",
)
add("property", "digits that aren't 0 to 9", "27+48=", "７５.", "٧٥.", "7५.", "⁷⁵.")
add("property", "another period", "27+48=", "75。", "75․", "75,")
add("property", "words", "27+48=", "NaN.", "Infinity.", "true", "undefined.", "seventy-five.")
add("property", "code", "27+48=", "75.;", "75./*", "75.||1", "';75.'")
big = "9007199254740993+0="
add("property", "beyond 2 to the 53rd", big, "9007199254740993.", "9007199254740992.")
long = f"{'9' * 40}+1="
add("property", "forty digits", long, f"1{'0' * 40}.", "1e+40.", f"{'9' * 40}.")
for prompt in ("27+48", "27=", "27+=", "27 + 48=", "27-48=", "27+48==", "", "27.5+1=", "27+48=\n"):
    o.error(f"the prompt is {prompt!r}", [prompt, "75."], "prompt")
o.save()
