// The same over `fetch`, as it runs everywhere but in Node.
import * as ours from "./square-oauth.mjs";

export const open = (address) =>
  ours.open(address, { fetch: (url, init) => globalThis.fetch(url, init) });
