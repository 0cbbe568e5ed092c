// The seller is back from Square.

import type { OAuthClient } from "../client.js";
import { wrong } from "../core.js";
import { type Read, callable } from "../options.js";
import type { Tokens } from "../tokens.js";
import { type WebOptions, read } from "./options.js";
import { report } from "./report.js";
import { incoming, response } from "./request.js";
import { type Answer, Handlers, type Incoming } from "./serve.js";

/** How *callback* behaves. */
export interface CallbackOptions<R = Request, C = unknown> extends WebOptions<R> {
  /**
   * A seller is connected: store their tokens, encrypted, under the account that is logged in. Put them in place
   * of older ones, for the same seller may come twice, by a second click or in two tabs. If it throws or rejects,
   * the seller reads that it is yours to repair. `context` is what the handler was called with.
   */
  onConnected: (tokens: Tokens, request: R, context: C) => unknown;
}

const MORE = { onConnected: callable as Read<never> };

/** @internal *callback*, whatever the server. */
export function returning<R, C>(
  client: unknown,
  options: CallbackOptions<R, C>,
): (incoming: Incoming, request: R, context: C) => Promise<Answer> {
  const { core, options: given } = read<CallbackOptions<R, C>>(options, MORE);
  const { onConnected, onError } = given;
  if (onConnected === undefined) throw wrong("on_connected", "has to be a function: the tokens have to go somewhere");
  const handlers = new Handlers(client, core);
  return async (incoming, request, context) => {
    const served = await handlers.callback(incoming, (tokens) => onConnected(tokens, request, context));
    await report(onError, request, served);
    return served.answer;
  };
}

/**
 * The handler of *callback*, for `GET`: takes the seller back, exchanges the code, hands over the tokens, shows how
 * it ended.
 *
 * The exchange goes on when the browser hangs up, and so does `onConnected`. A runtime that ends work with its
 * request (Workers) has a `waitUntil` for that: pass whatever has it as `context`, e.g. the worker's `ctx`.
 */
export function callbackHandler<C = unknown>(
  client: OAuthClient,
  options: CallbackOptions<Request, C>,
): (request: Request, context?: C) => Promise<Response> {
  const callback = returning<Request, C>(client, options);
  return (request, context) => {
    const work = (async () => response(await callback(incoming(request), request, context as C)))();
    const lasting = context as { waitUntil?: (work: Promise<unknown>) => void } | null | undefined;
    if (typeof lasting?.waitUntil === "function") lasting.waitUntil(work);
    return work;
  };
}
