// Whether a request that changes something comes from a page of the application's own.

import * as core from "square-oauth:glue";
import { inCore, reading } from "../core.js";
import { text } from "../options.js";
import { pairs, plain } from "./serve.js";

/** What of a request is read: the web's own, or Node's, which Express hands on as it is and Fastify as `raw`. */
export type HeadersLike = Pick<Request, "headers"> | { readonly rawHeaders: readonly string[] };

/**
 * Whether a request that changes something comes from one of your own pages: what *disconnect*, and any other
 * button of yours, has to ask before it acts. Answer anything else with 403. `publicUrl` is that of the handlers.
 */
export function isFromOwnPage(request: HeadersLike, publicUrl: string): boolean {
  const url = text(publicUrl, "public_url");
  const headers = reading("request", () => ("rawHeaders" in request ? pairs(request.rawHeaders) : request.headers));
  const [, , head] = plain({ method: "", target: "", headers });
  return inCore(() => core.is_from_own_page(url, head));
}
