// Serves the subject where a program is a handler of requests: workerd, edge functions. There the client and the web handlers
// are two modules, and a worker with both has both entries.

import * as library from "square-oauth";
import * as withHandlers from "square-oauth/web";
import { answer, use } from "./subject.mjs";
import { Web } from "./web.mjs";

use(library);
let web;

export async function handle(request, about, context) {
  web ??= new Web(withHandlers, withHandlers, JSON.parse(about).base_url);
  const path = new URL(request.url).pathname;
  const handler = web.handler(path);
  if (handler !== undefined) return handler(request, context);
  const text = await request.text();
  const isCall = request.method === "POST" && path === "/call";
  const [status, body] = isCall ? await answer(text) : (web.control(path, text) ?? [200, about]);
  return new Response(body, { status, headers: { "content-type": "application/json" } });
}

export default { fetch: (request, { ABOUT }, context) => handle(request, ABOUT, context) };
