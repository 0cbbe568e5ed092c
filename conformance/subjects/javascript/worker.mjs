// Serves the subject where a program is a handler of requests: workerd, edge functions.

import { answer } from "./subject.mjs";

export async function handle(request) {
  if (request.method !== "POST") return new Response("POST /call", { status: 404 });
  const [status, body] = await answer(await request.text());
  return new Response(body, { status, headers: { "content-type": "application/json" } });
}

export default { fetch: handle };
