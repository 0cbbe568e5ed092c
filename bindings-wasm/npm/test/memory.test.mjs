// After 40,000 calls there is no more memory in use than after 10,000, however they are made.

import assert from "node:assert/strict";
import { test } from "node:test";
import { exports } from "./instance.mjs";
import { client, STATUS, TOKENS } from "./support.mjs";

const answer = (value, status = 200) => {
  const bytes = new TextEncoder().encode(JSON.stringify(value));
  const headers = new Map([["content-type", "application/json"]]);
  return async () => ({ status, headers, body: {}, arrayBuffer: async () => bytes.buffer });
};
const caught = (call) => call.catch(() => {});

const WAYS = {
  plain: [answer(STATUS), (square) => square.retrieveTokenStatus("EAAA")],
  tokens: [answer(TOKENS), (square) => square.obtainToken({ refreshToken: "EQAA" })],
  "one signal": [answer(STATUS), (square, signal) => square.retrieveTokenStatus("EAAA", { signal })],
  "a signal each": [answer(STATUS), (square) => square.retrieveTokenStatus("EAAA", { signal: new AbortController().signal })],
  aborted: [
    () => new Promise(() => {}),
    (square) => {
      const controller = new AbortController();
      const call = caught(square.retrieveTokenStatus("EAAA", { signal: controller.signal }));
      controller.abort();
      return call;
    },
  ],
  "an error": [answer({ errors: [{ code: "X", detail: "Y" }] }, 401), (square) => caught(square.retrieveTokenStatus("EAAA"))],
  "a mistake": [answer(STATUS), (square) => caught(square.obtainToken({ refreshToken: "" }))],
  "a fetch that throws": [() => { throw new Error("canary"); }, (square) => caught(square.obtainToken({ callback: square.checkCallback(...back(square)) }))],
  authorize: [answer(STATUS), (square) => square.authorize({ scopes: ["PAYMENTS_READ"] })],
};

function back(square) {
  const { url, pending } = square.authorize({ scopes: ["PAYMENTS_READ"] });
  return [`?code=sq0cgb-1&state=${/state=([^&]+)/.exec(url)[1]}`, pending];
}

const tables = () => Object.values(exports).filter((one) => one instanceof WebAssembly.Table);
const used = () => ({ bytes: exports.memory.buffer.byteLength, slots: tables().reduce((sum, table) => sum + table.length, 0) });

for (const [name, [fetch, call]] of Object.entries(WAYS)) {
  test(name, async () => {
    const square = client(fetch);
    const { signal } = new AbortController();
    const times = async (count) => {
      for (let done = 0; done < count; done += 1) {
        await call(square, signal);
        // Objects that nobody has freed go with the garbage, which comes between tasks.
        if (done % 1000 === 999) {
          globalThis.gc?.();
          await new Promise((next) => setImmediate(next));
        }
      }
    };
    await times(10_000);
    const before = used();
    await times(30_000);
    assert.deepEqual(used(), before);
  });
}
