// No console, log or serializer shows a secret.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { format, inspect } from "node:util";
import { Callback, Secret, Webhooks } from "square-oauth";
import { client, failure, json, SECRET, TOKENS } from "./support.mjs";

const printers = [String, (value) => `${value}`, JSON.stringify, inspect, (value) => inspect(value, { showHidden: true, depth: 9 }),
  (value) => inspect(value, { customInspect: false, showHidden: true, depth: 9 }), (value) => format("%o %O %j %s", value, value, value, value),
  (value) => JSON.stringify(structuredCloneOf(value)), (value) => JSON.stringify({ ...value }), (value) => JSON.stringify(Object.entries(value ?? {}))];

function structuredCloneOf(value) {
  try {
    return structuredClone(value);
  } catch {
    return null;
  }
}

test("nothing that holds a secret shows it", async () => {
  const square = client(async () => json({ ...TOKENS, id_token: "canary-id-token" }));
  const tokens = await square.obtainToken({ refreshToken: "EQAA-canary" });
  const webhooks = new Webhooks({ notificationUrl: "https://example.com", signatureKey: "canary-key" });
  const error = await failure(client(async () => json({ errors: [{ code: "X", detail: `no ${SECRET} here` }] }, 401)).checkApplication());
  const holders = { square, tokens, webhooks, error, callback: Callback.unchecked({ code: "canary" }), secret: new Secret("canary"), list: [tokens.accessToken] };
  for (const [name, holder] of Object.entries(holders)) {
    for (const print of printers) assert.doesNotMatch(String(print(holder)), /canary/, `${name} by ${print}`);
  }
  assert.equal(inspect(tokens.accessToken), "[redacted]");
  assert.match(inspect(tokens), /^Tokens \{/);
});

test("expose is the only door", () => {
  const secret = new Secret("canary");
  assert.equal(secret.expose(), "canary");
  assert.deepEqual(Reflect.ownKeys(secret), []);
});

test("an error that nobody catches is printed, and not half the package with it", () => {
  const script = 'import { OAuthClient } from "square-oauth"; new OAuthClient({ environment: "sandbox" });';
  const options = { cwd: fileURLToPath(new URL(".", import.meta.url)), encoding: "utf8" };
  const { status, stderr } = spawnSync(process.execPath, ["--input-type=module", "--eval", script], options);
  assert.equal(status, 1);
  assert.match(stderr, /^OAuthError: application_id: is missing or empty$/m);
  assert.ok(stderr.length < 2000, `${stderr.length} characters`);
});
