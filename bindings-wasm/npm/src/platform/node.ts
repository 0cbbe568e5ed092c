// Node, Bun and Deno: their `http`, and `fetch` only where a caller brings one.

import { nodeTransport } from "../node-transport.js";

export const platformTransport = nodeTransport;
