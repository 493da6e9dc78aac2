/**
 * Files in S3 or in whatever speaks its protocol (docs.aws.amazon.com/AmazonS3/latest/API): an
 * object each, under a prefix of a bucket. The keys come from the environment, as Amazon's own tools
 * read them.
 */
import { AwsClient } from "aws4fetch";
import { FilesAway, type Files } from "./files";
import { LARGEST } from "./work";

const RETRIES = 3;

/** Folder of a bucket → its address, by path, which every server understands. */
function addressOf(where: string, endpoint: string | undefined, region: string): string {
  const [, bucket, prefix = ""] =
    /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(\/.*)?$/.exec(where) ?? [];
  if (bucket === undefined) throw new Error("--files: expected s3://bucket or s3://bucket/prefix");
  const host = endpoint ?? `https://s3.${region}.amazonaws.com`;
  if (!/^https?:\/\/[^/]/.test(host)) {
    throw new Error(`--endpoint: expected the address of an S3 server, got ${endpoint}`);
  }
  return [host, bucket, prefix]
    .map((part) => part.replace(/^\/+|\/+$/g, ""))
    .filter(Boolean)
    .join("/");
}

function keys(): { accessKeyId: string; secretAccessKey: string; sessionToken?: string } {
  const { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret } = process.env;
  if (id && secret) {
    return {
      accessKeyId: id,
      secretAccessKey: secret,
      sessionToken: process.env.AWS_SESSION_TOKEN,
    };
  }
  throw new Error("--files: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY to the keys for S3");
}

/** What the server says is wrong: the code in its XML. */
async function refusal(response: Response): Promise<string> {
  const text = await response.text();
  return `it answers ${response.status} ${/<Code>([\w.]+)<\/Code>/.exec(text)?.[1] ?? ""}`.trim();
}

export function openS3(where: string, endpoint?: string): Files {
  const { AWS_REGION, AWS_DEFAULT_REGION } = process.env;
  const region = AWS_REGION ?? AWS_DEFAULT_REGION ?? "us-east-1";
  const folder = addressOf(where, endpoint, region);
  const client = new AwsClient({ ...keys(), region, service: "s3", retries: RETRIES });
  const ask = async (method: string, name: string, body?: Buffer): Promise<Response> => {
    let response: Response;
    try {
      response = await client.fetch(`${folder}/${name}`, { method, body });
    } catch (e) {
      const { cause, message } = e as Error;
      throw new FilesAway(`${where} can't be reached (${(cause as Error)?.message ?? message})`, {
        cause: e,
      });
    }
    if (response.ok || (response.status === 404 && method !== "PUT")) return response;
    const says = await refusal(response);
    throw response.status >= 500 ? new FilesAway(`${where} says: ${says}`) : new Error(says);
  };
  return {
    place: where,
    async put(name, bytes) {
      await (await ask("PUT", name, bytes)).arrayBuffer();
    },
    async get(name) {
      const response = await ask("GET", name);
      const isThere = response.status !== 404;
      const isLarge = Number(response.headers.get("content-length") ?? 0) > LARGEST;
      if (isThere && !isLarge) return Buffer.from(await response.arrayBuffer());
      await response.body?.cancel();
      if (!isThere) return undefined;
      throw new Error("its file is larger than a notebook may be");
    },
    async remove(name) {
      await (await ask("DELETE", name)).arrayBuffer();
    },
  };
}
