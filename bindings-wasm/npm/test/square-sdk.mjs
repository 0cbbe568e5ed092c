// node square-sdk.mjs EMULATOR TOOLS: our token in the client of Square's own SDK, against the emulator's resources.
// EMULATOR is its program, TOOLS the folder whose node_modules hold the SDK.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { OAuthClient } from "square-oauth";

const [, , program, tools] = process.argv;
const { SquareClient } = createRequire(join(resolve(tools), "package.json"))("square");
const emulator = spawn(program, ["--listen", "127.0.0.1:0"], { stdio: ["ignore", "pipe", "ignore"] });
try {
  const [line] = await once(createInterface({ input: emulator.stdout }), "line");
  const { base_url, client_id, client_secret, control_url } = JSON.parse(line);
  const square = new OAuthClient({ environment: base_url, applicationId: client_id, applicationSecret: client_secret });
  const { url, pending } = square.authorize({ scopes: ["MERCHANT_PROFILE_READ"] });
  const headers = { "content-type": "application/json" };
  const consent = await fetch(`${control_url}/consent`, { method: "POST", headers, body: JSON.stringify({ url }) });
  const tokens = await square.complete((await consent.json()).redirect, pending);

  const theirs = new SquareClient({ token: () => tokens.accessToken.expose(), baseUrl: base_url });
  const { merchant } = await theirs.merchants.get({ merchantId: "me" });
  assert.equal(merchant.id, tokens.merchantId);
  assert.ok((await theirs.locations.list()).locations.length > 0);
  await square.revokeToken({ all: tokens.merchantId });
  await assert.rejects(theirs.merchants.get({ merchantId: "me" }), (error) => error.statusCode === 401);
  console.log("square-sdk: ok");
} finally {
  emulator.kill();
}
