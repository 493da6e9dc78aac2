/**
 * What Prometheus (prometheus.io/docs/instrumenting/exposition_formats) may ask a grader or a worker:
 * how many submissions are done, wait and run, and how long they take. Rates are Prometheus's own
 * business: rate(course_submissions_total[5m]).
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";

/** What became of a submission. */
export type End = "graded" | "not graded" | "put off" | "tried again" | "set aside";

export interface Metrics {
  ended(end: End, seconds?: number): void;
  /** How many wait and run now. */
  state(waiting: number, running: number): void;
  close(): void;
}

export const noMetrics: Metrics = {
  ended: () => undefined,
  state: () => undefined,
  close: () => undefined,
};

const SECONDS = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 60, 120];

/** "9464" or "0.0.0.0:9464"; this machine alone unless an address is named. */
function addressOf(text: string): { host: string; port: number } {
  const [, host = "127.0.0.1", digits] = /^(?:(.+):)?(\d{1,5})$/.exec(text) ?? [];
  const port = Number(digits);
  if (digits !== undefined && port < 65536) return { host: host.replace(/^\[|\]$/g, ""), port };
  throw new Error(
    `--metrics: expected a port, or an address and a port (0.0.0.0:9464), got ${text}`,
  );
}

function instruments(registry: Registry, program: string) {
  const registers = [registry];
  registry.setDefaultLabels({ program });
  collectDefaultMetrics({ register: registry });
  return {
    submissions: new Counter({
      name: "course_submissions_total",
      help: "Submissions by what became of them",
      labelNames: ["end"],
      registers,
    }),
    seconds: new Histogram({
      name: "course_submission_seconds",
      help: "Seconds from taking a submission to its result",
      buckets: SECONDS,
      registers,
    }),
    waiting: new Gauge({ name: "course_waiting", help: "Submissions that wait", registers }),
    running: new Gauge({ name: "course_running", help: "Submissions that run", registers }),
  };
}

/**
 * Serves /metrics.
 * @param program "grader" or "worker", a label of everything
 * @throws where the address is taken
 */
export async function serveMetrics(
  where: string,
  program: string,
): Promise<Metrics & { url: string }> {
  const { host, port } = addressOf(where);
  const registry = new Registry();
  const { submissions, seconds, waiting, running } = instruments(registry, program);
  const server = createServer((request, response) => {
    if (request.method !== "GET" || request.url !== "/metrics") {
      response.writeHead(404).end("only /metrics is here\n");
      return;
    }
    void registry.metrics().then((text) => {
      response.writeHead(200, { "content-type": registry.contentType }).end(text);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", (e) => reject(new Error(`--metrics: ${e.message}`, { cause: e })));
    server.listen(port, host, resolve);
  });
  return {
    url: `http://${host}:${(server.address() as AddressInfo).port}/metrics`,
    ended(end, took) {
      submissions.inc({ end });
      if (took !== undefined) seconds.observe(took);
    },
    state(now, atWork) {
      waiting.set(now);
      running.set(atWork);
    },
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
