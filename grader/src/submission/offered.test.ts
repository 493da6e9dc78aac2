// level: all
/**
 * What a lesson offers answers none of its exercises: neither the functions that it names, called
 * with an exercise's arguments in all likely ways, nor what they return or say in an error. Where
 * an exercise is about cost, a function may give the values, which earn half of the points at most.
 */
import "../register";
import { runInThisContext } from "node:vm";
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { beforeAll, expect, test } from "vitest";
import { runCase } from "../exercise/call";
import { loadContent } from "../exercise/content";
import { judge, judgeCase } from "../exercise/judge";
import type { AnyFunction } from "../exercise/value";
import { readManifest, type LessonEntry } from "../files/manifest";
import { courseRoot } from "../files/paths";
import { bundler, prepareExercise, type PreparedExercise } from "./lesson";

const root = courseRoot();
const bundle = bundler(root);
beforeAll(() => tf.setBackend("cpu"));

type Load = (module: object, exports: object, require: (name: string) => object) => void;

/** The functions that a lesson offers, as a child gets them. */
async function offered({ uses }: LessonEntry): Promise<[string, AnyFunction][]> {
  const module = { exports: {} as Record<string, unknown> };
  const { code } = await bundle(uses);
  const load = runInThisContext(`(function (module, exports, require) {${code}\n})`) as Load;
  load(module, module.exports, (name) => (name === "@tensorflow/tfjs-core" ? tf : {}));
  return Object.entries(module.exports).flatMap(([name, f]): [string, AnyFunction][] =>
    typeof f === "function" ? [[name, f as AnyFunction]] : [],
  );
}

const nothing = () => [];
/** How an exercise's arguments may reach a function. */
const FORMS: ((f: AnyFunction, args: unknown[]) => unknown)[] = [
  (f, args) => f(...args),
  (f, args) => f(args[0]),
  (f, args) => f(args[1]),
  (f, args) => f(args[0], args[1]),
  (f, args) => f(args[1], args[0], ...args.slice(2)),
  (f, args) => f(...args.slice(1)),
  (f, args) => f(...Object.values(args[0] as object)),
  (f, args) => f(nothing, ...args),
  (f, args) => (f(nothing) as AnyFunction)(...args),
  (f, args) => (f(args[0], nothing) as AnyFunction)(args[1]),
];
const PARTS = ["", "0", "1", "ids", "output"];

/** All ways to an answer that a function has. */
const answers = (offer: AnyFunction): AnyFunction[] =>
  FORMS.flatMap((form) =>
    PARTS.map((part) => (...args: unknown[]) => {
      const result = form(offer, args);
      return part === "" ? result : (result as Record<string, unknown>)[part];
    }),
  );

/** The share of the points that an answer earns; 0 where it fails a case of values. */
async function shareOf(answer: AnyFunction, exercise: PreparedExercise): Promise<number> {
  const { content, entry, cases } = exercise;
  const outcomes = [];
  for (const c of cases) {
    const outcome = c.group === "cost" ? undefined : await runCase(answer, c);
    const isWrong = c.group === "values" && !judgeCase(c, outcome, content.exercise).ok;
    if (isWrong) return 0;
    outcomes.push(outcome);
  }
  return judge(content.exercise, entry.points, cases, outcomes).points / entry.points;
}

/** The lists of at least three numbers in an error that a function throws on these arguments. */
function toldBy(form: (typeof FORMS)[number], offer: AnyFunction, args: unknown[]): string[] {
  try {
    form(offer, args);
    return [];
  } catch (e) {
    return String(e).match(/\d+(?:[\][, ]+\d+){2,}/g) ?? [];
  }
}

const digits = (text: string) => text.match(/\d+/g)?.join(" ") ?? "";

/** Whether an error of the function holds what a case expects. */
function isTold(offer: AnyFunction, { cases }: PreparedExercise): boolean {
  return cases.some(({ group, args, expected }) => {
    const wanted = Array.isArray(expected) ? digits(JSON.stringify(expected)) : "";
    const isGiven = digits(JSON.stringify(args)).includes(wanted); // an error may repeat that
    if (group !== "values" || isGiven || wanted.split(" ").length < 3) return false;
    return FORMS.some((form) =>
      toldBy(form, offer, args).some((told) => digits(told).includes(wanted)),
    );
  });
}

test.each(readManifest(root).lessons.map((lesson) => [lesson.id, lesson] as const))(
  "%s",
  async (_, lesson) => {
    const offers = await offered(lesson);
    const answered: string[] = [];
    for (const { name, points } of lesson.exercises) {
      const content = loadContent(root, name);
      if (content.exercise.shader) continue;
      const exercise = await prepareExercise(content, points, 7, []);
      for (const [offer, f] of offers) {
        if (isTold(f, exercise)) answered.push(`${name} is told by ${offer}`);
        for (const answer of answers(f)) {
          if ((await shareOf(answer, exercise)) > 0.5) answered.push(`${name} by ${offer}`);
        }
      }
    }
    expect(answered).toEqual([]);
  },
);
