// Between the web's own Request and Response and plain values.

import { reading } from "../core.js";
import { readBody } from "../webhooks.js";
import type { Answer, Incoming } from "./serve.js";

export function incoming(request: Request): Incoming {
  return reading("request", () => ({ method: request.method, target: request.url, headers: request.headers }));
}

/** The raw body; an error where somebody has read it before. */
export async function body(request: Request): Promise<Uint8Array> {
  return request.method === "POST" ? readBody(request) : new Uint8Array();
}

export function response({ status, headers, body }: Answer): Response {
  return new Response(body === "" ? null : body, { status, headers: headers as [string, string][] });
}
