// An AbortSignal ends a call at every stage.

import assert from "node:assert/strict";
import { test } from "node:test";
import { client, failure, json, STATUS } from "./support.mjs";

const never = () => new Promise(() => {});
const aborted = (error, mayHaveArrived) => {
  assert.deepEqual([error.kind, error.code, error.cause], ["transport", "aborted", "because"]);
  assert.deepEqual([error.requestMayHaveArrived, error.retryable], [mayHaveArrived, false]);
};

test("before it starts, and nothing is sent", async () => {
  let sent = 0;
  const square = client(async () => (sent += 1, json(STATUS)));
  aborted(await failure(square.retrieveTokenStatus("EAAA", { signal: AbortSignal.abort("because") })), false);
  assert.equal(sent, 0);
});

test("while the answer is awaited, and the request is aborted", async () => {
  const controller = new AbortController();
  let inner;
  const fetch = (_, { signal }) => ((inner = signal), queueMicrotask(() => controller.abort("because")), never());
  aborted(await failure(client(fetch).retrieveTokenStatus("EAAA", { signal: controller.signal })), true);
  assert.ok(inner.aborted);
});

test("from within the user's own fetch", async () => {
  const controller = new AbortController();
  const fetch = () => (controller.abort("because"), never());
  aborted(await failure(client(fetch).retrieveTokenStatus("EAAA", { signal: controller.signal })), true);
});

test("while it waits before it sends again", async () => {
  const controller = new AbortController();
  const started = performance.now();
  const fetch = async () => json({ errors: [{ code: "RATE_LIMITED" }] }, 429, { "retry-after": "5" });
  setTimeout(() => controller.abort("because"), 100);
  aborted(await failure(client(fetch).retrieveTokenStatus("EAAA", { signal: controller.signal })), true);
  assert.ok(performance.now() - started < 3000);
});

test("while the body comes", async () => {
  const controller = new AbortController();
  const body = new ReadableStream({ pull: () => (setTimeout(() => controller.abort("because"), 20), never()) });
  aborted(await failure(client(async () => new Response(body)).retrieveTokenStatus("EAAA", { signal: controller.signal })), true);
});

test("after the end it changes nothing, and nobody listens any more", async () => {
  const listeners = new Set();
  const signal = {
    aborted: false,
    addEventListener: (_, listener) => listeners.add(listener),
    removeEventListener: (_, listener) => listeners.delete(listener),
  };
  await client(async () => json(STATUS)).retrieveTokenStatus("EAAA", { signal });
  assert.equal(listeners.size, 0);
  await failure(client(async () => json({}, 500), { timeout: 100 }).retrieveTokenStatus("EAAA", { signal }));
  assert.equal(listeners.size, 0);
});
