// What the tests share: an application, answers of Square's, and a server that gives them.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { isOAuthError, OAuthClient } from "square-oauth";

export const ID = "sandbox-sq0idb-0123456789abcdefghijkl";
export const SECRET = "sandbox-sq0csb-canary-0123456789abcdefghijklmnop";
export const TOKENS = {
  access_token: "EAAA-canary-access-token",
  token_type: "bearer",
  expires_at: "2026-02-14T12:00:00Z",
  merchant_id: "MLQW2MYBY81PZ",
  refresh_token: "EQAA-canary-refresh-token",
  short_lived: false,
};
export const STATUS = { scopes: ["PAYMENTS_READ"], client_id: ID, merchant_id: "MLQW2MYBY81PZ" };

// `unreachable`, which is what a panic of the core's comes to.
const UNREACHABLE = new WebAssembly.Instance(
  new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 116, 0, 0, 10, 5, 1, 3, 0, 0, 11)),
).exports.t;
let isTrapped = false;
let made = 0;

const { Instance } = WebAssembly;
WebAssembly.Instance = class extends Instance {
  constructor(module, imports = {}) {
    made += 1;
    const trapped = (group) =>
      Object.fromEntries(
        // What starts an instance is asked for nothing.
        Object.entries(group).map(([name, work]) => [name, (...words) => (isTrapped && words.length > 0 ? UNREACHABLE() : work(...words))]),
      );
    super(module, Object.fromEntries(Object.entries(imports).map(([name, group]) => [name, trapped(group)])));
  }
};

/** From now on the core traps where it asks for anything, e.g. to send; what it yields ends that. */
export function trap() {
  isTrapped = true;
  return () => (isTrapped = false);
}

/** How many instances of WebAssembly there have been. */
export const instances = () => made;

/** A client that sends by `fetch`. */
export function client(fetch, more = {}) {
  return new OAuthClient({ environment: "sandbox", applicationId: ID, applicationSecret: SECRET, fetch, ...more });
}

export function json(value, status = 200, headers = {}) {
  return new Response(JSON.stringify(value), { status, headers: { "content-type": "application/json", ...headers } });
}

/** Fails unless it fails with an error of ours; yields that. */
export async function failure(work) {
  try {
    await (typeof work === "function" ? work() : work);
  } catch (error) {
    assert.ok(isOAuthError(error), `not ours: ${error?.stack ?? String(error)}`);
    assert.ok(error instanceof Error);
    assert.doesNotMatch(error.message, /canary|\n/);
    return error;
  }
  assert.fail("it did not fail");
}

/** A server on loopback that answers by a function, and knows its connections. */
export async function server(handler) {
  const connections = new Set();
  const requests = [];
  const http = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    requests.push({ method: request.method, url: request.url, headers: request.headers, body, port: request.socket.remotePort });
    await handler(request, response, requests.length);
  });
  http.on("connection", (socket) => {
    connections.add(socket);
    socket.on("close", () => connections.delete(socket));
  });
  await new Promise((done) => http.listen(0, "127.0.0.1", done));
  return {
    url: `http://127.0.0.1:${http.address().port}`,
    requests,
    connections,
    close() {
      http.closeAllConnections();
      return new Promise((done) => http.close(done));
    },
  };
}

export function reply(response, value, status = 200, headers = {}) {
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(value));
}

/** A client that sends by Node's own transport. */
export function nodeClient(url, more = {}) {
  return new OAuthClient({ environment: url, applicationId: ID, applicationSecret: SECRET, ...more });
}
