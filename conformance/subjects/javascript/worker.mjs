// Serves the subject where a program is a handler of requests: workerd, edge functions.

import * as library from "square-oauth";
import { answer, use } from "./subject.mjs";

use(library);

export async function handle(request, about) {
  const isCall = request.method === "POST" && new URL(request.url).pathname === "/call";
  const [status, body] = isCall ? await answer(await request.text()) : [200, about];
  return new Response(body, { status, headers: { "content-type": "application/json" } });
}

export default { fetch: (request, { ABOUT }) => handle(request, ABOUT) };
