// Node and Bun: their own `http`, and `fetch` only where a caller brings one.

import { nodeTransport } from "../node-transport.js";

export const platformTransport = nodeTransport;
