// node page.mjs PAGE EMULATOR: runs every program of the page against the emulator. Each is a module; what it has no import
// for is given as a global, and what it exports is used here, in the order in which the page has them.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const [file, program] = process.argv.slice(2);
const blocks = [...readFileSync(file, "utf8").matchAll(/^```javascript\n(.*?)^```$/gms)].map(([, block]) => block);
const publicUrl = "http://localhost:3000";

const child = spawn(program, ["--redirect-uri", `${publicUrl}/callback`], { stdio: ["ignore", "pipe", "ignore"] });
const [line] = await once(createInterface({ input: child.stdout }), "line");
const emulator = JSON.parse(line);
const logged = [];
const stored = [];
const events = [];
Object.assign(globalThis, {
  emulator,
  environment: emulator.base_url,
  applicationId: emulator.client_id,
  applicationSecret: emulator.client_secret,
  signatureKey: emulator.webhook_signature_key,
  publicUrl,
  log: (...words) => logged.push(words),
  store: (tokens) => stored.push(tokens),
  heard: (event) => events.push(event),
});

/** The seller says yes; the address they are sent back to. */
async function consent(url) {
  const headers = { "content-type": "application/json" };
  const body = JSON.stringify({ url });
  const response = await fetch(`${emulator.control_url}/consent`, { method: "POST", headers, body });
  return (await response.json()).redirect;
}

let tokens;

const STORIES = [
  async ({ clicked, cameBack, later }) => {
    const session = {};
    tokens = await cameBack(session, await consent(clicked(session)));
    assert.deepEqual(Object.keys(session), []);
    assert.deepEqual(await later(tokens), ["PAYMENTS_READ"]);
  },
  async ({ connect, callback, webhook }) => {
    const out = await connect(new Request(`${publicUrl}/connect`));
    const back = await consent(out.headers.get("location"));
    const cookie = out.headers.getSetCookie()[0].split(";")[0];
    const response = await callback(new Request(back, { headers: { cookie } }));
    assert.deepEqual([response.status, response.headers.get("location")], [303, "/settings"]);
    tokens = stored[0];
    await callback(new Request(back, { headers: { cookie: "a=b" } }));
    assert.deepEqual(logged.pop(), ["over", "pending_missing"]);
    const refused = await webhook(new Request(`${publicUrl}/webhook`, { method: "POST", body: "{}" }));
    assert.deepEqual([refused.status, events.length], [400, 0]);
  },
  async ({ page }) => {
    const { OAuthError } = await import("square-oauth");
    const like = (fields) => Object.assign(Object.create(OAuthError.prototype), fields);
    assert.equal(page(like({ kind: "denied" })), "You chose not to connect.");
    assert.equal(page(like({ kind: "rate_limited", code: "x", retryable: true, retryAfter: 3000 })), "Please try again in 3 seconds.");
    assert.equal(page(like({ kind: "protocol", retryable: false })), "Please start again.");
    assert.throws(() => page(new TypeError("a")), TypeError);
  },
  async ({ status }) => assert.equal((await status(tokens.accessToken)).merchantId, tokens.merchantId),
  async ({ byAgent, byFetch }) => {
    await byAgent.checkApplication();
    await byFetch.checkApplication();
  },
  async ({ tomorrow }) => assert.notEqual(tomorrow().attempt, tomorrow().attempt),
];

try {
  assert.equal(blocks.length, STORIES.length, "a program of the page has no story here");
  for (const [at, story] of STORIES.entries()) {
    const module = `${process.cwd()}/page-${at}.mjs`;
    writeFileSync(module, blocks[at]);
    await story(await import(pathToFileURL(module).href));
  }
  console.log("page: ok");
} finally {
  child.kill();
}
