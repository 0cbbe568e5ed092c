// The subject as an edge function.

import { handle } from "./worker.mjs";

addEventListener("fetch", (event) => event.respondWith(handle(event.request, globalThis.about(), event)));
