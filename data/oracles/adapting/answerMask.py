"""answerMask: a regular expression of Python's over the ids as characters."""

import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402

o = Oracle("answerMask")
OPENING, CLOSING = [1, 520, 9531, 198], 2  # <|im_start|>assistant\n and <|im_end|> in SmolLM2


def mask(ids, opening, closing):
    as_text = lambda row: "".join(chr(0x1000 + i) for i in row)
    begin, end = re.escape(as_text(opening)), re.escape(as_text([closing]))
    found = [0] * len(ids)
    for match in re.finditer(f"{begin}(.*?(?:{end}|$))", as_text(ids), re.DOTALL):
        for t in range(*match.span(1)):
            found[t] = 1
    return found


words = lambda n: [int(i) for i in o.ids(n, below=400) + 30]
turn = lambda who, n: [1, *who, 198, *words(n), 2, 198]
USER, SYSTEM, ASSISTANT = [4093], [9690], [520, 9531]
dialog = [*turn(SYSTEM, 3), *turn(USER, 4), *turn(ASSISTANT, 5)]
add = lambda group, title, ids, *rest: o.case(
    group, title, [ids, *(rest or (OPENING, CLOSING))], mask
)
add("values", "a question and its answer", dialog)
add(
    "values",
    "two answers",
    [*turn(USER, 2), *turn(ASSISTANT, 3), *turn(USER, 4), *turn(ASSISTANT, 2)],
)
add("values", "padding is the closing id", [*turn(USER, 3), *turn(ASSISTANT, 4)[:-1], 2, 2, 2])
add("values", "the answer is cut off", [*turn(USER, 3), *turn(ASSISTANT, 4)[:-3]])
add(
    "values",
    "the user says a part of the opening",
    [1, 4093, 198, 520, 9531, 198, 40, 2, 198, *turn(ASSISTANT, 2)],
)
add("values", "an opening that ends early", [1, 520, 9531, 40, 2, 198, 1, 520, 9531, 198, 50, 2])
add("values", "an opening inside an answer", [1, 520, 9531, 198, 44, 1, 520, 9531, 198, 45, 2, 46])
add("values", "an opening after a false start", [1, 1, 520, 9531, 198, 44, 2], OPENING, CLOSING)
add("values", "a false start overlaps the opening", [5, 5, 5, 6, 8, 2, 8], [5, 5, 6], 2)
add("values", "overlapping openings", [5, 5, 5, 6, 2, 7], [5, 5], 2)
add("values", "an opening of one id", [3, 9, 4, 5, 2, 9, 6, 2], [9], 2)
add("values", "an opening inside an answer closes it", [9, 2, 4, 9, 2, 5, 2], [9, 2], 2)
add("values", "the closing id ends the opening, too", [9, 2, 4, 2, 4, 9, 2, 2, 4], [9, 2], 2)
add("property", "an empty answer is its closing id", [*turn(USER, 2), 1, 520, 9531, 198, 2, 198])
add("property", "the text ends with the opening", [*turn(USER, 2), *OPENING])
add("property", "the text ends within the opening", [*turn(USER, 2), 1, 520])
add("property", "no answer", turn(USER, 5))
add("property", "answers follow each other", [9, 4, 2, 9, 5, 2, 9, 2], [9], 2)
add("shapes", "no tokens", [])
add("shapes", "one token", [2])
o.error("no opening", [[1, 2], [], 2], "opening")
o.save()
