/// <reference lib="esnext.disposable" />
// The public names of `square-oauth/express`: the handlers for Express, and for anything that hands on Node's own
// requests and answers in the same way.

import type { OAuthClient } from "../client.js";
import type { Webhooks } from "../webhooks.js";
import { type CallbackOptions, returning } from "./callback.js";
import { connecting } from "./connect.js";
import { type NodeRequest, body, incoming } from "./node.js";
import type { WebOptions } from "./options.js";
import type { Answer, Incoming } from "./serve.js";
import { type WebhookOptions, deliveries } from "./webhook.js";

/** What of Express's request is read. */
export interface ExpressRequest extends NodeRequest {
  /** The address before routers took their part of it. */
  readonly originalUrl?: string;
  /** What a body parser has left. */
  readonly body?: unknown;
}

/** What of Express's answer is used. */
export interface ExpressResponse {
  statusCode: number;
  setHeader(name: string, value: string): unknown;
  appendHeader(name: string, value: string): unknown;
  end(body?: string): unknown;
}

/** A handler for `app.get`, `app.post` and the like; what it cannot answer goes to `next`. */
export type ExpressHandler<R> = (request: R, response: ExpressResponse, next: (error?: unknown) => void) => void;

function handler<R extends ExpressRequest>(answer: (request: R, parts: Incoming) => Promise<Answer>): ExpressHandler<R> {
  return (request, response, next) => {
    const parts = incoming(request, request.originalUrl ?? request.url ?? "/");
    answer(request, parts).then((ready) => send(ready, response), next);
  };
}

function send({ status, headers, body }: Answer, response: ExpressResponse): void {
  response.statusCode = status;
  for (const [name, value] of headers) {
    // Others may have cookies to set too.
    if (name === "set-cookie") response.appendHeader(name, value);
    else response.setHeader(name, value);
  }
  response.end(body);
}

/**
 * The handler of *connect*, for `app.get` and `app.post`: sends a seller to Square. Know who is asking before it
 * runs: what a seller connects is stored under the account they are logged in to.
 */
export function connectHandler<R extends ExpressRequest = ExpressRequest>(client: OAuthClient, options: WebOptions<R>): ExpressHandler<R> {
  const connect = connecting<R>(client, options);
  return handler<R>(async (request, parts) => connect(parts, await body(request, request.body, true), request));
}

/**
 * The handler of *callback*, for `app.get`: takes the seller back, exchanges the code, hands over the tokens, shows
 * how it ended. It goes on when the browser hangs up.
 */
export function callbackHandler<R extends ExpressRequest = ExpressRequest>(
  client: OAuthClient,
  options: CallbackOptions<R, undefined>,
): ExpressHandler<R> {
  const callback = returning<R, undefined>(client, options);
  return handler<R>((request, parts) => callback(parts, request, undefined));
}

/**
 * The handler of Square's webhook deliveries, for `app.post`. Put it before body parsers, or give its route
 * `express.raw({ type: "*\/*" })`: what was parsed goes to `next` as an error.
 */
export function webhookHandler<R extends ExpressRequest = ExpressRequest>(webhooks: Webhooks, options: WebhookOptions<R>): ExpressHandler<R> {
  const deliver = deliveries<R>(webhooks, options);
  return handler<R>(async (request, parts) => deliver(parts, await body(request, request.body, false), request));
}
