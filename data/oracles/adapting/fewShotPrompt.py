"""fewShotPrompt: the format as a Python template; of all numbers of dropped examples the smallest
that fits.
"""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402

o = Oracle("fewShotPrompt")


def prompt(examples, question, options=None):
    options = options or {}
    between, end = options.get("between", " → "), options.get("end", "\n")
    pairs = [f"{e['input']}{between}{e['output']}{end}" for e in examples]
    asked = f"{question}{between.rstrip(' ')}"
    texts = [
        f"{options.get('instruction', '')}{''.join(pairs[gone:])}{asked}"
        for gone in range(len(pairs) + 1)
    ]
    return next(t for t in texts if len(t) <= options.get("most", 10**9))


pair = lambda i, out: {"input": i, "output": out}
three = [pair("cat", "animal"), pair("oak", "plant"), pair("a goose", "animal")]
marks = [pair("who is there", "?"), pair("i am here", ".")]
add = lambda group, title, *args: o.case(group, title, list(args), prompt)
add("values", "three examples", three, "rose")
add("values", "an instruction", three, "rose", {"instruction": "Animal or plant?\n\n"})
add("values", "nothing between", marks, "what is it", {"between": "", "end": " "})
add("values", "nothing ends an example", marks, "what", {"between": "=", "end": ""})
add("values", "a template of lines", three, "rose", {"between": "\nLabel: ", "end": "\n\n"})
add("values", "the new input ends with a space", marks, "what is ", {"between": " =>  "})
add("values", "between is spaces", marks, "what", {"between": "  ", "end": "|"})
add("values", "between ends with a line", marks, "what", {"between": " :\n"})
add("values", "an output is empty", [pair("a", ""), pair("b", "x")], "c")
add("values", "the first example goes", three, "rose", {"most": 36})
add("values", "it fits to the letter", three, "rose", {"most": 48})
add("values", "one letter too many", three, "rose", {"most": 47})
add("values", "instruction and most", three, "elm", {"instruction": "Kind? ", "most": 30})
uneven = [pair("a", "b"), pair("a long example that takes a lot", "c"), pair("d", "e")]
add("values", "the long one in the middle", uneven, "f", {"most": 20})
add("property", "the input looks like an example", three, "cat → animal")
add("property", "no room for examples", three, "rose", {"most": 6})
add("shapes", "no examples", [], "rose")
add("shapes", "no examples, an instruction", [], "rose", {"instruction": "Kind? "})
add("shapes", "an empty input", three[:1], "")
add("shapes", "nothing at all", [], "", {"between": "", "end": "", "most": 0})
o.error("input alone is too long", [three, "a rose is a rose", {"most": 10}], "most")
o.error("most is 0", [three, "rose", {"most": 0}], "most")
o.save()
