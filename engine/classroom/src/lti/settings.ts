/** The part `lti` of class.yaml: a learning platform in which the class is a tool (LTI 1.3). */
import { ClassError, readPart, readSecureUrl, readText } from "../given.js";

export interface Lti {
  /** What the platform calls itself. */
  issuer: string;
  clientId: string;
  /** Where the platform lets a user sign in for a launch. */
  authorizationUrl: string;
  tokenUrl: string;
  /** The platform's public keys. */
  keysUrl: string;
  /** Launches of another deployment are refused, where it is given. */
  deploymentId?: string;
  /** Whom a request for a token addresses; the token's address unless given. */
  audience: string;
}

const KEYS = [
  "issuer",
  "clientId",
  "authorizationUrl",
  "tokenUrl",
  "keysUrl",
  "deploymentId",
  "audience",
];

/** @throws ClassError */
export function readLti(file: string, given: unknown): Lti | undefined {
  const part = readPart(file, "lti", given, KEYS);
  if (!part) return undefined;
  const url = (key: string) => readSecureUrl(file, "lti", part, key);
  const text = (key: string) => {
    if (typeof part[key] !== "number") return readText(file, "lti", part, key);
    throw new ClassError(`${file}: put lti.${key} in quotation marks, as "${part[key]}"`);
  };
  return {
    issuer: text("issuer"),
    clientId: text("clientId"),
    authorizationUrl: url("authorizationUrl"),
    tokenUrl: url("tokenUrl"),
    keysUrl: url("keysUrl"),
    ...(part.deploymentId === undefined ? {} : { deploymentId: text("deploymentId") }),
    audience: part.audience === undefined ? url("tokenUrl") : text("audience"),
  };
}
