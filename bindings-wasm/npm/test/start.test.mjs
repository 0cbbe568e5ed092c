// Importing does nothing, whatever is missing; the first call says what it is.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { failure } from "./support.mjs";

const CLIENT = `new OAuthClient({ environment: "sandbox", applicationId: "sandbox-sq0idb-1", applicationSecret: "secret" })`;

function run(options, program) {
  return execFileSync(process.execPath, [...options, "--input-type=module", "-e", program], { encoding: "utf8" }).trim();
}

test("where there is no WebAssembly, importing is fine and the first constructor says so", () => {
  const program = `import { OAuthClient, isOAuthError } from "square-oauth";
    try { ${CLIENT} } catch (e) { console.log(isOAuthError(e), e.kind, e.code, e.message) }`;
  assert.equal(
    run(["--jitless"], program),
    "true internal runtime_unsupported square-oauth needs WebAssembly, and this runtime has none",
  );
});

test("neither importing nor a constructor draws time, entropy or a timer", () => {
  const program = `
    const no = (name) => () => { throw new Error(name + " was used") };
    Date.now = no("time"); crypto.getRandomValues = no("entropy"); globalThis.setTimeout = no("a timer"); performance.now = no("a clock");
    const { OAuthClient, Webhooks } = await import("square-oauth");
    ${CLIENT};
    OAuthClient.public({ environment: "sandbox", applicationId: "sandbox-sq0idb-1" });
    new Webhooks({ notificationUrl: "https://x", signatureKey: "k" });
    console.log("none");`;
  assert.equal(run([], program), "none");
});

test("a program that has done its calls ends", () => {
  const program = `
    import { createServer } from "node:http";
    import { OAuthClient } from "square-oauth";
    const server = createServer((_, response) => response.end("{}")).listen(0, "127.0.0.1", async () => {
      server.unref().on("connection", (socket) => socket.unref());
      const environment = "http://127.0.0.1:" + server.address().port;
      const square = new OAuthClient({ environment, applicationId: "sandbox-sq0idb-1", applicationSecret: "secret" });
      await square.retrieveTokenStatus("EAAA").catch((e) => console.log(e.code));
    });`;
  assert.equal(run([], program), "answer_incomplete");
});

test("a browser is refused, in words", async () => {
  const { OAuthClient } = await import(new URL("browser.js", import.meta.resolve("square-oauth")));
  const error = await failure(() => new OAuthClient({ environment: "sandbox", applicationId: "a", applicationSecret: "b" }));
  assert.equal(error.code, "runtime_unsupported");
  assert.match(error.message, /for servers: in a browser everybody could read your application secret/);
});

test("entropy that fails is an error", async () => {
  const { client } = await import("./support.mjs");
  const before = crypto.getRandomValues;
  crypto.getRandomValues = () => {
    throw new Error("canary");
  };
  try {
    assert.equal((await failure(() => client().authorize({ scopes: ["PAYMENTS_READ"] }))).code, "entropy_failed");
  } finally {
    crypto.getRandomValues = before;
  }
});

test("every code that only bindings raise is raised here as the list says", async () => {
  const { client, json, trap } = await import("./support.mjs");
  const { codes } = JSON.parse(readFileSync(new URL("errors.json", import.meta.url)));
  const { OAuthClient: Browser } = await import(new URL("browser.js", import.meta.resolve("square-oauth")));
  const works = {
    option_unknown: () => client(undefined, { nonsense: 1 }),
    aborted: () => client(async () => json({})).checkApplication({ signal: AbortSignal.abort() }),
    async panicked() {
      const ends = trap();
      try {
        return await client(async () => json({})).checkApplication();
      } finally {
        ends();
      }
    },
    runtime_unsupported: () => new Browser({ environment: "sandbox" }),
  };
  const rows = codes.filter((row) => row.raised_by === "bindings");
  assert.deepEqual(rows.map((row) => row.code).sort(), Object.keys(works).sort());
  for (const row of rows) {
    const error = await failure(works[row.code]);
    assert.deepEqual([error.code, error.kind, error.retryable], [row.code, row.kind, row.retryable === "yes"]);
    if (row.code === "panicked") assert.equal(error.message, `${row.when}; ${row.hint}`);
  }
});

console.log(`runtime: Node ${process.versions.node}`);
