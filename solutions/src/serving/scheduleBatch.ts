/**
 * Continuous batching: which tokens the next pass takes is decided before each pass (Yu et al. 2022,
 * Orca, OSDI, §3.1, iteration-level scheduling), and long prompts are read in pieces beside those
 * who write (Agrawal et al. 2024, Sarathi-Serve, arXiv:2403.02310, §4.2). Preemption is left out,
 * since each job gets pages for all it may write when it starts.
 */
import { expectJobs } from "./checks";
import type { Job, PassLimits, Share } from "./types";

/**
 * Decides which jobs the next pass serves, and how many tokens of each. Within each rule, jobs come
 * in the order in which they are given, and every rule ends when the budget is spent:
 *   1. each job that has read its whole prompt writes 1 token;
 *   2. each job that has read a part of it reads on, as much as is left of prompt and budget;
 *   3. jobs that wait (read 0) start reading in the same way, if ⌈(prompt + most)/size⌉ pages are
 *      free for all they will ever hold. The first one without pages waits, and so do all after it.
 * A job whose read is above 0 has started and holds that many pages.
 * @param jobs in order of arrival, without those that are done
 * @param limits budget, tokens in a pass; pages, in all; size, tokens in a page
 * @returns shares of at least 1 token, in the order of the rules; perhaps none
 * @throws when a count isn't a whole number or is too small, or a job needs more than all pages
 */
export function scheduleBatch(jobs: Job[], limits: PassLimits): Share[] {
  expectJobs(jobs, limits);
  // yours
  const pagesOf = ({ prompt, most }: Job) => Math.ceil((prompt + most) / limits.size);
  const shares: Share[] = [];
  let budget = limits.budget;
  const serve = ({ id }: Job, wanted: number) => {
    const tokens = Math.min(wanted, budget);
    if (tokens > 0) shares.push({ id, tokens });
    budget -= tokens;
  };
  const writing = jobs.filter(({ read, prompt }) => read === prompt);
  const reading = jobs.filter(({ read, prompt }) => read > 0 && read < prompt);
  for (const job of writing) serve(job, 1);
  for (const job of reading) serve(job, job.prompt - job.read);
  let free = limits.pages;
  for (const job of [...writing, ...reading]) free -= pagesOf(job);
  for (const job of jobs.filter(({ read }) => read === 0)) {
    free -= pagesOf(job);
    if (free < 0) break;
    serve(job, job.prompt);
  }
  return shares;
}
