/** `course site --serve`: the folder at an address of this machine, as any static host serves it. */
import { createReadStream, statSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, sep } from "node:path";

/** The same address each time where it is free: a browser keeps a reader's work by address. */
const DEFAULT_PORT = 8465;

const MIME_TYPES: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".ipynb": "application/json",
  ".wasm": "application/wasm",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".gif": "image/gif",
  ".webp": "image/webp",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
  ".txt": "text/plain; charset=utf-8",
};

/** Isolation lets a notebook's kernel use threads. */
const HEADERS = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
  "Cache-Control": "no-cache",
  "X-Content-Type-Options": "nosniff",
};

/** @returns the address and how to stop */
export async function serve(folder: string, base: string, port = DEFAULT_PORT) {
  const server = createServer((request, response) => respond(request, response, folder, base));
  const taken = await listen(server, port).catch(() => listen(server, 0));
  const stop = () => {
    server.close();
    server.closeAllConnections();
  };
  return { address: `http://127.0.0.1:${taken}${base}`, stop };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function respond(
  request: IncomingMessage,
  response: ServerResponse,
  folder: string,
  base: string,
): void {
  if (request.method !== "GET" && request.method !== "HEAD") {
    response.writeHead(405, { Allow: "GET, HEAD" }).end();
    return;
  }
  const path = pathOf(request.url ?? "/");
  if (path === "/" && base !== "/") {
    response.writeHead(302, { Location: base }).end();
    return;
  }
  const file = path?.startsWith(base) ? findFile(folder, path.slice(base.length)) : undefined;
  const found = file ?? findFile(folder, "404.html");
  if (found === undefined) {
    response.writeHead(404, { ...HEADERS, "Content-Type": "text/plain" }).end("Not found\n");
    return;
  }
  const type = MIME_TYPES[extname(found.file).toLowerCase()] ?? "application/octet-stream";
  const status = file ? 200 : 404;
  response.writeHead(status, {
    ...HEADERS,
    "Content-Type": type,
    "Content-Length": found.size,
  });
  if (request.method === "HEAD") response.end();
  else {
    createReadStream(found.file)
      .on("error", () => response.destroy())
      .pipe(response);
  }
}

/** The path of an address, decoded; undefined when it is malformed. */
function pathOf(url: string): string | undefined {
  try {
    return decodeURIComponent(new URL(url, "http://localhost").pathname);
  } catch {
    return undefined;
  }
}

/** A file inside the folder; a folder's is its index.html. */
function findFile(folder: string, path: string): { file: string; size: number } | undefined {
  const file = join(folder, path);
  if (file !== folder && !file.startsWith(folder + sep)) return undefined;
  try {
    const stat = statSync(file);
    if (stat.isDirectory()) return findFile(folder, join(path, "index.html"));
    return { file, size: stat.size };
  } catch {
    return undefined; // not there, or a name that no file can have
  }
}
