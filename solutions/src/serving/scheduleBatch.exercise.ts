/** scheduleBatch: its cases and its typical mistakes. */
import type { Exercise, Random } from "grader";
import type { Job, PassLimits } from "./types";

const job = (id: string, prompt: number, most: number, read = 0) => ({ id, prompt, most, read });
const limits = (budget: number, pages: number, size = 8) => ({ budget, pages, size });

/** Jobs of which some wait, some read and some write. */
function many(random: Random, n: number) {
  return Array.from({ length: n }, (_, i) => {
    const prompt = random.int(2, 30);
    const read = [0, random.int(1, prompt - 1), prompt][random.int(0, 2)]!;
    return job(`job ${i}`, prompt, random.int(1, 30), read);
  });
}

const exercise: Exercise = {
  cases: (random) => {
    const three = [job("a", 10, 6, 10), job("b", 20, 6, 8), job("c", 12, 6)];
    const large = [job("a", 8, 8, 8), job("large", 30, 30), job("small", 2, 2)];
    const drawn = many(random, 9);
    return [
      {
        group: "values",
        title: "one writes, one reads on, one starts",
        args: [three, limits(64, 20)],
      },
      { group: "values", title: "the budget ends within a prompt", args: [three, limits(17, 20)] },
      {
        group: "values",
        title: "nine jobs, of which some wait, some read and some write",
        args: [drawn, limits(random.int(20, 50), random.int(20, 40))],
      },
      {
        group: "values",
        title: "the one who writes stands last in line",
        args: [
          [job("new", 9, 4), job("reading", 30, 4, 10), job("writing", 5, 9, 5)],
          limits(16, 20),
        ],
      },
      {
        group: "values",
        title: "a prompt is read in pieces",
        args: [[job("a", 40, 5, 1)], limits(16, 20)],
      },
      {
        group: "property",
        title: "a large job waits for pages, and a small one after it doesn't overtake",
        args: [large, limits(64, 8)],
      },
      {
        group: "property",
        title: "exactly as many pages are free as the next job needs",
        args: [large, limits(64, 10)],
      },
      {
        group: "property",
        title: "pages are needed for all that a job may write",
        args: [[job("a", 8, 8, 3), job("b", 4, 13), job("c", 30, 1)], limits(64, 4)],
      },
      {
        group: "property",
        title: "a job that has just begun to read holds pages for all that it will be",
        args: [[job("a", 40, 8, 1), job("b", 8, 8)], limits(64, 7)],
      },
      {
        group: "property",
        title: "what a job reads and writes fits into one page",
        args: [[job("a", 3, 3), job("b", 2, 5), job("c", 4, 4)], limits(64, 3)],
      },
      {
        group: "property",
        title: "more jobs write than the budget has tokens",
        args: [[job("a", 3, 3, 3), job("b", 3, 3, 3), job("c", 3, 3, 3)], limits(2, 9)],
      },
      { group: "shapes", title: "there are no jobs", args: [[], limits(8, 4)] },
      {
        group: "shapes",
        title: "nobody has started",
        args: [[job("a", 3, 3), job("b", 3, 3)], limits(4, 20)],
      },
      { group: "errors", title: "budget is 0", args: [three, limits(0, 20)], throws: "budget" },
      {
        group: "errors",
        title: "a job needs more than all pages",
        args: [three, limits(8, 2)],
        throws: "pages",
      },
      {
        group: "property",
        title: "more drawn jobs write than the budget has tokens",
        args: [many(random, 9).map((j) => ({ ...j, read: j.prompt })), limits(4, 80)],
      },
      {
        group: "shapes",
        title: "one drawn job waits",
        args: [[job("a", random.int(2, 30), random.int(1, 30))], limits(random.int(1, 40), 20)],
      },
      {
        group: "property",
        title: "drawn jobs wait, and pages run out",
        args: [
          many(random, 9).map((j) => ({ ...j, read: 0 })),
          limits(random.int(60, 120), random.int(15, 30)),
        ],
      },
      {
        group: "shapes",
        title: "there are three drawn jobs",
        args: [many(random, 3), limits(random.int(10, 60), 40)],
      },
    ] satisfies { args: [Job[], PassLimits]; [key: string]: unknown }[] as ReturnType<
      Exercise["cases"]
    >;
  },
  mutants: [
    {
      edits: [
        [
          "Math.ceil((prompt + most) / limits.size)",
          "Math.ceil(prompt / limits.size) + Math.ceil(most / limits.size)",
        ],
      ],
      message:
        "The pages of the prompt and those of what is written are rounded up on their own. " +
        "A page may hold the end of one and the start of the other: round up the sum.",
    },
    {
      edits: [["if (free < 0) break;", "if (free < 0) { free += pagesOf(job); continue; }"]],
      message:
        "A small job overtakes one that waits for pages. As long as small ones come, the large " +
        "one starves: all after it wait, too.",
    },
    {
      edits: [["if (free < 0) break;", "if (free < 0) return shares.slice(0, 0);"]],
      message: "If a job has no pages, nobody is served. The jobs before it are.",
    },
    {
      edits: [["if (free < 0) break;", ""]],
      message: "Jobs start without free pages. Start one only if all its pages are free.",
    },
    {
      edits: [["if (free < 0) break;", "if (free <= 0) break;"]],
      message: "A job that needs exactly the free pages may start.",
    },
    {
      edits: [
        [
          "Math.ceil((prompt + most) / limits.size)",
          "Math.ceil((prompt + 0 * most) / limits.size)",
        ],
      ],
      message:
        "Pages are counted for the prompt alone. A job holds pages for prompt + most, so that it " +
        "never has to stop in the middle.",
    },
    {
      edits: [
        ["Math.ceil((prompt + most) / limits.size)", "Math.floor((prompt + most) / limits.size)"],
      ],
      message: "Pages are rounded down. A page that has begun is taken: round up.",
    },
    {
      edits: [["for (const job of [...writing, ...reading]) free -= pagesOf(job);", ""]],
      message: "Jobs that write or read hold pages, too. Subtract theirs from the free ones.",
    },
    {
      edits: [["serve(job, job.prompt - job.read)", "serve(job, job.prompt)"]],
      message: "A job that has read a part of its prompt reads it all again. The rest is left.",
    },
    {
      edits: [["serve(job, job.prompt - job.read)", "serve(job, 1)"]],
      message: "Prompts are read one token per pass. Read as much as is left of prompt and budget.",
    },
    {
      edits: [
        [
          "for (const job of writing) serve(job, 1);\n" +
            "  for (const job of reading) serve(job, job.prompt - job.read);",
          "for (const job of reading) serve(job, job.prompt - job.read);\n" +
            "  for (const job of writing) serve(job, 1);",
        ],
      ],
      message:
        "Prompts come before those who write, and a long one stops them all. Writers come first.",
    },
    {
      edits: [
        [
          "const tokens = Math.min(wanted, budget);",
          "const tokens = wanted <= budget ? wanted : 0;",
        ],
      ],
      message:
        "A prompt that doesn't fit into what is left isn't read at all. Read the piece that fits.",
    },
    {
      edits: [["if (tokens > 0) shares.push({ id, tokens });", "shares.push({ id, tokens });"]],
      message: "Jobs with 0 tokens are listed. List only those that the pass serves.",
    },
    {
      edits: [
        [
          "const tokens = Math.min(wanted, budget);",
          "const tokens = Math.min(wanted, limits.budget);",
        ],
      ],
      message: "Each job gets the whole budget. It is for all jobs of a pass together.",
    },
    {
      edits: [
        [
          "for (const job of writing) serve(job, 1);",
          "for (const job of writing) serve(job, Math.min(job.most, 2));",
        ],
      ],
      message: "A job writes several tokens in a pass. The next one depends on the last: 1 token.",
    },
    {
      edits: [
        [
          "    free -= pagesOf(job);\n    if (free < 0) break;",
          "    if (free < pagesOf(job)) break;",
        ],
      ],
      message:
        "Jobs that start in this pass don't hold their pages for the next ones. Subtract them as well.",
    },
    {
      edits: [
        [
          "  return shares;",
          "  const place = ({ id }: Share) => jobs.findIndex((job) => job.id === id);\n" +
            "  return shares.sort((a, b) => place(a) - place(b));",
        ],
      ],
      message:
        "The shares are in the order of the jobs. They come in the order of the rules: who " +
        "writes, who reads on, who starts.",
    },
    {
      edits: [
        [
          "    serve(job, job.prompt);",
          "    if (job.prompt > budget) break;\n    serve(job, job.prompt);",
        ],
      ],
      message:
        "A job waits until its whole prompt fits into the budget. It starts with the part that does.",
    },
    {
      edits: [["of [...writing, ...reading]) free", "of reading) free"]],
      message: "Jobs that write hold no pages in your count. They hold theirs until they are done.",
    },
    {
      edits: [
        [
          "of [...writing, ...reading]) free -= pagesOf(job);",
          "of [...writing, ...reading]) free -= pagesOf({ ...job, prompt: job.read });",
        ],
      ],
      message:
        "A job that reads holds only the pages of what it has read. It holds pages for " +
        "prompt + most from its start.",
    },
  ],
};
export default exercise;
