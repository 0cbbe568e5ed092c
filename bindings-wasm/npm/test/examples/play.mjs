// node play.mjs EMULATOR COMMAND...: starts the emulator and an example that the command runs, and is a seller's browser:
// connects, comes back, is disconnected by Square, connects again, disconnects. Where ALSO_AT names a path, the example
// has *connect* and *callback* below it too.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { createInterface } from "node:readline";

const [emulator, program, ...words] = process.argv.slice(2);
const LIMIT_MS = 60_000;
const children = [];
let ended;

function start(program, words, env, output) {
  const child = spawn(program, words, { env: { ...process.env, ...env }, stdio: ["ignore", output, "inherit"] });
  children.push(child);
  // Nobody waits for what has ended already.
  child.once("exit", (code) => (ended ??= `${program} ended with ${code}`));
  return child;
}

async function freePort() {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address();
  probe.close();
  await once(probe, "close");
  return port;
}

/** Tries again until it is as wanted; what it was the last time is the error. */
async function eventually(what) {
  const end = Date.now() + LIMIT_MS;
  for (;;) {
    try {
      return await what();
    } catch (error) {
      if (Date.now() > end || ended !== undefined) throw new Error(ended, { cause: error });
      await new Promise((done) => setTimeout(done, 100));
    }
  }
}

const port = await freePort();
const origin = `http://127.0.0.1:${port}`;
const cookies = new Map();

/** A request of the browser's, which keeps cookies and follows nothing by itself. */
async function browse(path, init = {}) {
  const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  const response = await fetch(new URL(path, origin), {
    redirect: "manual",
    ...init,
    headers: { ...init.headers, ...(cookie === "" ? {} : { cookie }) },
  });
  for (const set of response.headers.getSetCookie()) {
    const [, name, value] = /^([^=]+)=([^;]*)/.exec(set);
    if (/Max-Age=0/.test(set)) cookies.delete(name);
    else cookies.set(name, value);
  }
  return response;
}

const status = async () => (await browse("/status")).text();

async function connect(control) {
  const out = await browse("/connect?return_to=/status", { headers: { "sec-fetch-site": "same-origin" } });
  assert.equal(out.status, 303);
  assert.equal(cookies.size, 1);
  const consent = { url: out.headers.get("location") };
  const { redirect } = await control("POST", "consent", consent);
  const back = await browse(redirect, { headers: { "sec-fetch-site": "cross-site" } });
  assert.deepEqual([back.status, back.headers.get("location")], [303, "/status"]);
  assert.equal(cookies.size, 0);
  const page = await status();
  assert.match(page, /Connected\. Permissions: MERCHANT_PROFILE_READ, PAYMENTS_READ\./);
  return /name="merchant_id" value="([^"]+)"/.exec(page)[1];
}

async function play() {
  const options = ["--redirect-uri", `${origin}/callback`, "--webhook-url", `${origin}/webhooks/square`];
  const square = start(emulator, options, {}, "pipe");
  const [line] = await once(createInterface({ input: square.stdout }), "line");
  const facts = JSON.parse(line);
  const control = async (method, path, body) => {
    const headers = { "content-type": "application/json" };
    const response = await fetch(`${facts.control_url}/${path}`, { method, headers, body: body && JSON.stringify(body) });
    assert.ok(response.ok, `${path}: ${response.status} ${await response.clone().text()}`);
    return response.json();
  };
  const settings = {
    SQUARE_ENVIRONMENT: facts.base_url,
    SQUARE_APPLICATION_ID: facts.client_id,
    SQUARE_APPLICATION_SECRET: facts.client_secret,
    SQUARE_WEBHOOK_SIGNATURE_KEY: facts.webhook_signature_key,
    PORT: String(port),
    PUBLIC_URL: origin,
  };
  start(program, words, settings, "inherit");
  await eventually(async () => assert.match(await status(), /Nobody is connected/));

  const merchant = await connect(control);
  const form = { method: "POST", body: new URLSearchParams({ merchant_id: merchant }) };
  const foreign = await browse("/disconnect", { ...form, headers: { "sec-fetch-site": "cross-site" } });
  assert.equal(foreign.status, 403);
  assert.match(await status(), /Connected/);

  await control("POST", "revoke", { revoker: "MERCHANT" });
  await eventually(async () => assert.match(await status(), /Nobody is connected/));

  await connect(control);
  const own = await browse("/disconnect", { ...form, headers: { origin } });
  assert.deepEqual([own.status, new URL(own.headers.get("location"), origin).href], [303, `${origin}/status`]);
  assert.match(await status(), /Nobody is connected/);
  const { requests } = await control("GET", "requests");
  assert.ok(requests.some((one) => one.path === "/oauth2/revoke" && one.status === 200));

  const refused = await browse("/webhooks/square", { method: "POST", body: "{}" });
  assert.equal(refused.status, 400);
  const denied = await browse("/callback?error=access_denied&error_description=user_denied");
  assert.equal(denied.status, 303);
  const ended = await browse(denied.headers.get("location"));
  assert.match(await ended.text(), /You chose not to connect/);
  const { ALSO_AT } = process.env;
  if (ALSO_AT !== undefined) await also(ALSO_AT, control);
}

/** The same way out and back at other addresses, whoever stores what comes of it. */
async function also(path, control) {
  const out = await browse(`${path}/connect`, { headers: { "sec-fetch-site": "same-origin" } });
  const { redirect } = await control("POST", "consent", { url: out.headers.get("location") });
  const back = await browse(path + redirect.slice(origin.length));
  assert.deepEqual([back.status, back.headers.get("location")], [303, `${path}/connected`]);
  const { requests } = await control("GET", "requests");
  assert.deepEqual([requests.at(-1).path, requests.at(-1).status], ["/oauth2/token", 200]);
}

try {
  await play();
  console.log("example: ok");
} finally {
  for (const child of children) child.kill();
}
