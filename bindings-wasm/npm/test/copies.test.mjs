// Two copies in one process: they never read each other's memory, and one class is one class.

import assert from "node:assert/strict";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import * as library from "square-oauth";
import { client, failure, ID, json, SECRET, STATUS } from "./support.mjs";

const folder = mkdtempSync(join(tmpdir(), "square-oauth-copy-"));
after(() => rmSync(folder, { recursive: true }));
const source = fileURLToPath(new URL(".", import.meta.resolve("square-oauth")));
cpSync(source, folder, { recursive: true });
const other = await import(pathToFileURL(join(folder, "node.mjs")).href);

test("what another copy has made is refused, and a text is not", async () => {
  assert.notEqual(other.OAuthClient, library.OAuthClient);
  const foreign = new other.OAuthClient({ environment: "sandbox", applicationId: ID, applicationSecret: SECRET });
  const { url, pending } = foreign.authorize({ scopes: ["PAYMENTS_READ"] });
  const back = `?code=sq0cgb-1&state=${new URL(url).searchParams.get("state")}`;
  const square = client(async () => json(STATUS));
  for (const [work, field] of [
    [() => square.obtainToken({ callback: foreign.checkCallback(back, pending) }), "callback"],
    [() => square.obtainToken({ refreshToken: new other.Secret("EQAA") }), "refresh_token"],
    [() => square.retrieveTokenStatus(new other.Secret("EAAA")), "access_token"],
    [() => client(undefined, { environment: other.Environment.parse("sandbox") }), "environment"],
    [() => square.retrieveTokenStatus({ __wbg_ptr: 1234, expose: () => "EAAA" }), "access_token"],
    [() => square.obtainToken({ callback: { __wbg_ptr: 1234 } }), "callback"],
  ]) {
    const error = await failure(work);
    assert.deepEqual([error.code, error.field], ["value_malformed", field]);
  }
  square.checkCallback(back, pending);
});

test("a method on an object that is none of ours is a TypeError, not a look into memory", async () => {
  const { authorize, checkApplication } = library.OAuthClient.prototype;
  assert.throws(() => authorize.call({ __wbg_ptr: 1234 }, { scopes: ["PAYMENTS_READ"] }), TypeError);
  await assert.rejects(checkApplication.call({ __wbg_ptr: 1234 }), TypeError);
});

test("errors of every copy are known as such", async () => {
  const error = await other.Environment.parse.call(undefined, "sandbox") && (await new other.OAuthClient({ environment: "sandbox", applicationId: ID, applicationSecret: SECRET }).obtainToken({ refreshToken: "" }).catch((error) => error));
  assert.ok(!(error instanceof library.OAuthError) && library.isOAuthError(error) && error instanceof Error);
  for (const no of [undefined, null, "error", {}, new Error("no"), { kind: "denied", code: "denied" }]) assert.ok(!library.isOAuthError(no));
});

test("import and require give one class where Node can", () => {
  const required = createRequire(import.meta.url)("square-oauth");
  const [major, minor] = process.versions.node.split(".").map(Number);
  const isOne = major > 22 || (major === 22 && minor >= 12) || (major === 20 && minor >= 19);
  assert.equal(required.OAuthClient === library.OAuthClient, isOne);
  assert.deepEqual(Object.keys(required).filter((key) => key !== "__esModule" && key !== "module.exports").sort(), Object.keys(library).sort());
});

test("disposing is never needed, may be repeated, and ends the object", async () => {
  const square = client(() => new Promise((done) => setTimeout(() => done(json(STATUS)), 50)));
  const under = square.retrieveTokenStatus("EAAA");
  square[Symbol.dispose]();
  square[Symbol.dispose]();
  assert.equal((await under).clientId, STATUS.client_id);
  assert.equal((await failure(square.checkApplication())).kind, "invalid_input");
});
