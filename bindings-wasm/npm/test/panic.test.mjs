// A bug of the library's own: what was under way fails, what was made before refuses, what is made anew works.

import assert from "node:assert/strict";
import { test } from "node:test";
import { client, failure, instances, json, STATUS, trap } from "./support.mjs";

test("a trap ends what was under way, with a typed error and no more", async () => {
  const uncaught = [];
  process.on("uncaughtException", (error) => uncaught.push(error));
  const never = () => new Promise(() => {});
  const old = client(never);
  const waiting = [failure(old.retrieveTokenStatus("EAAA-1")), failure(client(never).retrieveTokenStatus("EAAA-2"))];
  const ends = trap();
  const direct = await failure(client(never).retrieveTokenStatus("EAAA-3"));
  ends();
  for (const error of [direct, ...(await Promise.all(waiting))]) {
    assert.deepEqual([error.kind, error.code, error.retryable], ["internal", "panicked", false]);
    assert.ok(error.cause instanceof WebAssembly.RuntimeError);
  }
  assert.equal((await failure(old.retrieveTokenStatus("EAAA-4"))).code, "panicked");
  assert.equal((await failure(() => old.authorize({ scopes: ["PAYMENTS_READ"] }))).code, "panicked");
  const fresh = client(async () => json(STATUS));
  assert.equal((await fresh.retrieveTokenStatus("EAAA-5")).merchantId, STATUS.merchant_id);
  assert.equal((await failure(old.checkApplication())).code, "panicked");
  old[Symbol.dispose]();
  await new Promise((done) => setTimeout(done, 50));
  assert.deepEqual(uncaught, []);
});

test("what was under way at others is ended too, and nothing of the old instance is used again", async () => {
  let inner;
  const asked = new Promise((done) => {
    const fetch = (_, { signal }) => (done((inner = signal)), new Promise(() => {}));
    failure(client(fetch).retrieveTokenStatus("EAAA"));
  });
  await asked;
  const before = instances();
  const ends = trap();
  await failure(client(async () => json(STATUS)).checkApplication());
  ends();
  assert.ok(inner.aborted);
  client();
  assert.equal(instances(), before + 1);
});

test("it can happen again and again, in a call and before one", async () => {
  for (let round = 0; round < 20; round += 1) {
    const square = client(async () => json(STATUS));
    const ends = trap();
    const error = await failure(round % 2 ? square.checkApplication() : () => square.authorize({ scopes: ["PAYMENTS_READ"] }));
    ends();
    assert.equal(error.code, "panicked");
  }
  assert.equal((await client(async () => json(STATUS)).retrieveTokenStatus("EAAA")).clientId, STATUS.client_id);
});
