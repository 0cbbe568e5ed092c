/// <reference lib="esnext.disposable" />
// The public names of `square-oauth/fastify`: the handlers as Fastify's.

import type { OAuthClient } from "../client.js";
import type { Webhooks } from "../webhooks.js";
import { type CallbackOptions, returning } from "./callback.js";
import { connecting } from "./connect.js";
import { type NodeRequest, body, incoming } from "./node.js";
import type { WebOptions } from "./options.js";
import type { Answer, Incoming } from "./serve.js";
import { type WebhookOptions, deliveries } from "./webhook.js";

/** What of Fastify's request is read. */
export interface FastifyRequestLike {
  readonly raw: NodeRequest;
  readonly originalUrl?: string;
  /** What a content type parser has left. */
  readonly body?: unknown;
}

/** What of Fastify's reply is used. */
export interface FastifyReplyLike {
  code(status: number): unknown;
  header(name: string, value: string | readonly string[]): unknown;
  send(body?: string): unknown;
}

/** A handler for `app.get`, `app.post` and the like. */
export type FastifyHandler<R> = (request: R, reply: FastifyReplyLike) => Promise<unknown>;

/** What of Fastify itself is used. */
export interface FastifyLike {
  removeAllContentTypeParsers(): unknown;
  addContentTypeParser(
    type: string,
    options: { parseAs: "buffer" },
    parser: (request: never, body: never, done: (error: null, body: never) => void) => void,
  ): unknown;
}

/**
 * Leaves bodies as they came, within the plugin that it is called in: what *connect* and *webhook* need.
 *
 * ```js
 * app.register(async (square) => {
 *   rawBody(square);
 *   square.post("/webhook", webhookHandler(webhooks, { onEvent }));
 * });
 * ```
 */
export function rawBody(fastify: FastifyLike): void {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
}

function handler<R extends FastifyRequestLike>(answer: (request: R, parts: Incoming) => Promise<Answer>): FastifyHandler<R> {
  return async (request, reply) => {
    const parts = incoming(request.raw, request.originalUrl ?? request.raw.url ?? "/");
    const { status, headers, body } = await answer(request, parts);
    reply.code(status);
    // Fastify keeps every cookie of several.
    for (const [name, value] of headers) reply.header(name, value);
    return reply.send(body);
  };
}

/**
 * The handler of *connect*, for `app.get` and `app.post`: sends a seller to Square. Know who is asking before it
 * runs: what a seller connects is stored under the account they are logged in to.
 */
export function connectHandler<R extends FastifyRequestLike = FastifyRequestLike>(
  client: OAuthClient,
  options: WebOptions<R>,
): FastifyHandler<R> {
  const connect = connecting<R>(client, options);
  return handler<R>(async (request, parts) => connect(parts, await body(request.raw, request.body, true), request));
}

/**
 * The handler of *callback*, for `app.get`: takes the seller back, exchanges the code, hands over the tokens, shows
 * how it ended. It goes on when the browser hangs up.
 */
export function callbackHandler<R extends FastifyRequestLike = FastifyRequestLike>(
  client: OAuthClient,
  options: CallbackOptions<R, undefined>,
): FastifyHandler<R> {
  const callback = returning<R, undefined>(client, options);
  return handler<R>((request, parts) => callback(parts, request, undefined));
}

/** The handler of Square's webhook deliveries, for `app.post`, in a plugin that has called `rawBody`. */
export function webhookHandler<R extends FastifyRequestLike = FastifyRequestLike>(
  webhooks: Webhooks,
  options: WebhookOptions<R>,
): FastifyHandler<R> {
  const deliver = deliveries<R>(webhooks, options);
  return handler<R>(async (request, parts) => deliver(parts, await body(request.raw, request.body, false), request));
}
