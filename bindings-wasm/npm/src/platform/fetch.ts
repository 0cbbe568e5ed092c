// Everywhere else: the runtime's `fetch`.

import { wrong } from "../core.js";
import { fetchTransport } from "../fetch-transport.js";
import type { Transport } from "../host.js";

export function platformTransport(agent: object | undefined): Transport {
  if (agent !== undefined) throw wrong("agent", "is for Node, Bun and Deno; here there is only fetch", true);
  return fetchTransport();
}
