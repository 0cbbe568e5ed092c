// "Connect Square" was clicked.

import type { OAuthClient } from "../client.js";
import { type WebOptions, read } from "./options.js";
import { report } from "./report.js";
import { body, incoming, response } from "./request.js";
import { type Answer, Handlers, type Incoming } from "./serve.js";

/** @internal *connect*, whatever the server. */
export function connecting<R>(
  client: unknown,
  options: WebOptions<R>,
): (incoming: Incoming, body: Uint8Array, request: R) => Promise<Answer> {
  const { core, options: given } = read<WebOptions<R>>(options, {});
  const handlers = new Handlers(client, core);
  return async (incoming, body, request) => {
    const served = handlers.connect(incoming, body);
    await report(given.onError, request, served);
    return served.answer;
  };
}

/**
 * The handler of *connect*, for `GET` and `POST`: sends a seller to Square. `return_to` in its query is the path
 * they come back to at the end.
 *
 * Know who is asking before it runs: what a seller connects is stored under the account they are logged in to.
 */
export function connectHandler(client: OAuthClient, options: WebOptions): (request: Request) => Promise<Response> {
  const connect = connecting<Request>(client, options);
  return async (request) => response(await connect(incoming(request), await body(request), request));
}
