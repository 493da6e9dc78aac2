/**
 * The services of a platform: Names and Role Provisioning Services 2.0
 * (www.imsglobal.org/spec/lti-nrps/v2p0) and Assignment and Grade Services 2.0
 * (www.imsglobal.org/spec/lti-ags/v2p0). Results, and changes of a line item, are left out.
 */
import { ClassError } from "../given.js";
import type { Platform } from "./client.js";

const AGS = "https://purl.imsglobal.org/spec/lti-ags/scope";
export const SCOPES = {
  lineItem: `${AGS}/lineitem`,
  score: `${AGS}/score`,
  members: "https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly",
};
export const TYPES = {
  members: "application/vnd.ims.lti-nrps.v2.membershipcontainer+json",
  lineItems: "application/vnd.ims.lis.v2.lineitemcontainer+json",
  lineItem: "application/vnd.ims.lis.v2.lineitem+json",
  score: "application/vnd.ims.lis.v1.score+json",
};

/** A member of the platform's course; the platform may give the id and the roles alone. */
export interface Member {
  user_id: string;
  roles: string[];
  /** Active where it isn't given. */
  status?: "Active" | "Inactive" | "Deleted";
  name?: string;
  given_name?: string;
  family_name?: string;
  email?: string;
  /** The school's number. */
  lis_person_sourcedid?: string;
}

const MAX_PAGES = 1000;

async function allPages(
  platform: Platform,
  first: string,
  scope: string,
  accept: string,
): Promise<unknown[]> {
  const pages: unknown[] = [];
  for (let url: string | undefined = first; url !== undefined;) {
    if (pages.length === MAX_PAGES) throw new ClassError(`${first} has no last page`);
    const { content, next } = await platform.request(url, { scope, accept });
    pages.push(content);
    url = next;
  }
  return pages;
}

/** @throws ClassError where the answer isn't a list of members */
export async function readMembers(platform: Platform, url: string): Promise<Member[]> {
  const pages = await allPages(platform, url, SCOPES.members, TYPES.members);
  return pages.flatMap((page) => {
    const { members } = (page ?? {}) as { members?: Member[] };
    if (!Array.isArray(members)) throw new ClassError(`${url} gives no list of members`);
    return members;
  });
}

/** A column of the platform's gradebook. */
export interface LineItem {
  id: string;
  label: string;
  scoreMaximum: number;
  resourceId?: string;
  tag?: string;
}

/** Keeps our columns apart from others of the tool. */
const TAG = "points";

async function findLineItem(platform: Platform, url: string, resourceId: string) {
  const filtered = new URL(url);
  filtered.searchParams.set("resource_id", resourceId);
  const pages = await allPages(platform, filtered.href, SCOPES.lineItem, TYPES.lineItems);
  // a platform may ignore the filter
  const items = (pages.flat() as LineItem[]).filter((i) => i.resourceId === resourceId);
  return items.find((i) => i.tag === TAG) ?? items[0];
}

/**
 * The lesson's column, which is made where it is missing. It is looked up again then: where the
 * answer to a first try got lost, the second try has made one more.
 */
export async function lineItemFor(
  platform: Platform,
  url: string,
  wanted: { resourceId: string; label: string; scoreMaximum: number },
): Promise<LineItem> {
  const found = await findLineItem(platform, url, wanted.resourceId);
  if (found) return found;
  const { lineItem: scope } = SCOPES;
  const body = { type: TYPES.lineItem, make: () => ({ ...wanted, tag: TAG }) };
  const made = await platform.request(url, { method: "POST", scope, accept: TYPES.lineItem, body });
  return (await findLineItem(platform, url, wanted.resourceId)) ?? (made.content as LineItem);
}

/** Canvas takes each score as a new attempt of the student unless it is told not to. */
const CANVAS = { "https://canvas.instructure.com/lti/submission": { new_submission: false } };

/** @param points undefined takes an earlier score back */
export async function sendScore(
  platform: Platform,
  lineItem: string,
  score: { userId: string; points: number | undefined; maxPoints: number },
): Promise<void> {
  const url = new URL(lineItem);
  url.pathname += "/scores"; // before the query, which Moodle needs
  const { userId, points, maxPoints } = score;
  const given =
    points === undefined
      ? { activityProgress: "Initialized", gradingProgress: "NotReady" }
      : {
          scoreGiven: points,
          scoreMaximum: maxPoints,
          activityProgress: "Completed",
          gradingProgress: "FullyGraded",
        };
  // a platform refuses a score that is older than the one that it has
  const make = () => ({ userId, ...given, timestamp: new Date().toISOString(), ...CANVAS });
  const body = { type: TYPES.score, make };
  await platform.request(url.href, { method: "POST", scope: SCOPES.score, body });
}
