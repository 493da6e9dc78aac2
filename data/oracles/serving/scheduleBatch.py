"""scheduleBatch: the rules by a simulation that hands out one token at a time. Each token goes to
the first job in line that may take one, until the budget is spent or nobody may.
"""

import math
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402

o = Oracle("scheduleBatch")


def schedule(jobs, limits):
    pages = lambda job: math.ceil((job["prompt"] + job["most"]) / limits["size"])
    holds = {job["id"]: pages(job) for job in jobs if job["read"] > 0}
    given = {}

    def rank(job):
        return 0 if job["read"] == job["prompt"] else 1 if job["read"] else 2

    line = sorted(jobs, key=rank)  # stable: by arrival within a rule
    for _ in range(limits["budget"]):
        for job in line:
            got = given.get(job["id"], 0)
            if got >= (1 if rank(job) == 0 else job["prompt"] - job["read"]):
                continue
            if job["id"] not in holds:
                if sum(holds.values()) + pages(job) > limits["pages"]:
                    return answer(given)  # nobody overtakes
                holds[job["id"]] = pages(job)
            given[job["id"]] = got + 1
            break
    return answer(given)


def answer(given):
    return [{"id": id, "tokens": tokens} for id, tokens in given.items()]


def job(id, prompt, most, read=0):
    return {"id": id, "prompt": prompt, "most": most, "read": read}


def limits(budget, pages, size):
    return {"budget": budget, "pages": pages, "size": size}


def many(n):
    def one(i):
        prompt = int(o.rng.integers(1, 30))
        read = int(o.rng.integers(0, prompt + 1)) if o.rng.uniform() < 0.6 else 0
        return job(f"job {i}", prompt, int(o.rng.integers(1, 30)), read)

    return [one(i) for i in range(n)]


three = [job("a", 10, 6, 10), job("b", 20, 6, 8), job("c", 12, 6)]
o.case("values", "one writes, one reads on, one starts", [three, limits(64, 20, 8)], schedule)
o.case("values", "the budget ends within a prompt", [three, limits(17, 20, 8)], schedule)
o.case("values", "the budget ends before anybody starts", [three, limits(9, 20, 8)], schedule)
for i in range(5):
    budget, pages = int(o.rng.integers(4, 60)), int(o.rng.integers(8, 40))
    o.case("values", f"twelve jobs, draw {i + 1}", [many(12), limits(budget, pages, 8)], schedule)
late = [job("new", 9, 4), job("reading", 30, 4, 10), job("writing", 5, 9, 5)]
o.case("values", "writers come first, whenever they arrived", [late, limits(16, 20, 8)], schedule)
large = [job("a", 8, 8, 8), job("large", 30, 30), job("small", 2, 2)]
o.case(
    "property", "nobody overtakes the one who waits for pages", [large, limits(64, 8, 8)], schedule
)
o.case("property", "exactly the free pages", [large, limits(64, 10, 8)], schedule)
o.case(
    "property",
    "pages for all it may write, not for the prompt alone",
    [[job("a", 8, 8, 3), job("b", 4, 13)], limits(64, 4, 8)],
    schedule,
)
o.case("shapes", "no jobs", [[], limits(8, 4, 4)], schedule)
o.case("shapes", "one token in a pass", [three, limits(1, 20, 8)], schedule)
o.case("shapes", "all wait", [[job("a", 3, 3), job("b", 3, 3)], limits(4, 20, 8)], schedule)
o.error("budget is zero", [three, limits(0, 20, 8)], "budget")
o.error("size is half a token", [three, limits(8, 20, 0.5)], "size")
o.error("a job needs more than all pages", [three, limits(8, 2, 8)], "pages")
o.error("more read than the prompt has", [[job("a", 4, 4, 5)], limits(8, 4, 8)], "read")
o.error("an empty prompt", [[job("a", 0, 4)], limits(8, 4, 8)], "prompt")
o.save()
