// Square's deliveries.

import * as core from "square-oauth:glue";
import { inCore, wrong } from "../core.js";
import { type Shape, bag, callable } from "../options.js";
import { type WebhookEvent, Webhooks, event } from "../webhooks.js";
import type { ErrorReport } from "./options.js";
import { report } from "./report.js";
import { body, incoming, response } from "./request.js";
import { type Answer, type AnswerRecord, type Incoming, type Served, plain, rescued, served } from "./serve.js";

/** How *webhook* behaves. */
export interface WebhookOptions<R = Request> {
  /**
   * A delivery of Square's, also of a type you do not handle. Be quick, and act once for each `eventId`. If it
   * throws or rejects, Square is told so and delivers again.
   */
  onEvent: (event: WebhookEvent, request: R) => unknown;
  /**
   * Told of everything that was refused, and of what `onEvent` threw. Refusals with 401 may be a wrong key or URL
   * in your configuration. Default: `console.error` of what `onEvent` threw.
   */
  onError?: (error: unknown, report: ErrorReport<R>) => unknown;
}

const OPTIONS: Shape<WebhookOptions<never>> = { onEvent: callable as never, onError: callable as never };

const UNABLE: Answer = { status: 500, headers: [["cache-control", "no-store"]], body: "" };

/** @internal Deliveries, whatever the server: how one is answered. */
export function deliveries<R>(
  webhooks: unknown,
  options: WebhookOptions<R>,
): (incoming: Incoming, body: Uint8Array, request: R) => Promise<Answer> {
  const { onEvent, onError } = bag<WebhookOptions<R>>("options", options ?? null, OPTIONS as Shape<WebhookOptions<R>>);
  if (onEvent === undefined) throw wrong("on_event", "has to be a function: somebody has to hear of it");
  const given = Webhooks.read(webhooks, "webhooks");
  return async (incoming, body, request) => {
    const [method, , head] = plain(incoming);
    let result: Served & { readonly event?: unknown } = rescued(UNABLE, () => {
      const [answer, event] = inCore(() => core.deliver(given, method, head, body));
      return { ...served(answer as AnswerRecord), event };
    });
    if (result.event !== undefined) {
      try {
        await onEvent(event(result.event), request);
      } catch (error) {
        result = { answer: UNABLE, outcome: "failed", error };
      }
    }
    await report(onError, request, result);
    return result.answer;
  };
}

/**
 * The handler of Square's webhook deliveries, for `POST`: 204 where the signature is Square's, 401 where it is not,
 * 400 where there is none. It reads the raw body, so nothing may have parsed it before.
 */
export function webhookHandler(webhooks: Webhooks, options: WebhookOptions): (request: Request) => Promise<Response> {
  const deliver = deliveries<Request>(webhooks, options);
  return async (request) => response(await deliver(incoming(request), await body(request), request));
}
