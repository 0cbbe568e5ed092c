// Webhook deliveries: whether they are Square's, and what they say.

import * as core from "square-oauth:glue";
import { inCore, reading, wrong } from "./core.js";
import { bytes, copied, drained, streamOf } from "./fetch-transport.js";
import { type Read, type Shape, bag, secret, text } from "./options.js";
import type { Secret } from "./secret.js";
import { date } from "./tokens.js";

/** The header that holds the signature. */
export const SIGNATURE_HEADER = "x-square-hmacsha256-signature";

/** @internal Beyond this, and the one byte that shows it, no delivery is read. */
export const MOST_RECEIVED = 1024 * 1024 + 1;

/** One webhook subscription, as registered at Square. */
export interface Subscription {
  /** The notification URL as registered, byte for byte: it is part of what Square signs. */
  notificationUrl: string;
  /** The subscription's signature key. The sandbox's and production's differ. */
  signatureKey: string | Secret;
}

/** What every event has. */
export interface WebhookEventBase {
  /** Which subscription signed it: its index in the list that `Webhooks` was made from. */
  readonly subscription: number;
  /** The delivery's ID. Deliveries repeat: act once for each. */
  readonly eventId: string;
  /** When the event came about; deliveries also come out of order. */
  readonly createdAt: Date | undefined;
}

/** Every token of this application for the seller is gone. */
export interface AuthorizationRevokedEvent extends WebhookEventBase {
  readonly type: "oauth.authorization.revoked";
  /** The seller. */
  readonly merchantId: string;
  /** When it was revoked. An event older than the newest authorization is old news. */
  readonly revokedAt: Date | undefined;
  /** Who revoked it: `APPLICATION`, `MERCHANT`, `SQUARE`, or a word newer than this library. */
  readonly revokerType: string;
}

/** Any other event that the subscription brings. */
export interface OtherEvent extends WebhookEventBase {
  /** Square's name for it, e.g. `webhooks.test_notification`. */
  readonly type: string & {};
  /** The seller it is about. */
  readonly merchantId: string | undefined;
  /** Not there: what tells the two kinds of event apart, since a text of any kind may be a type. */
  readonly revokedAt?: undefined;
  /** Not there. */
  readonly revokerType?: undefined;
}

/** A verified delivery. */
export type WebhookEvent = AuthorizationRevokedEvent | OtherEvent;

/** Bytes of any kind. */
export type Bytes = ArrayBufferView | ArrayBuffer | string;

/** A delivery in parts. */
export interface Delivery {
  /** The raw body, byte for byte; not the object that a framework has made of it. */
  body: Bytes;
  /** The value of the header `x-square-hmacsha256-signature`, or nothing. */
  signature: string | null | undefined;
}

/** What of a web-standard `Request` is read. */
export interface RequestLike {
  readonly headers: { get(name: string): string | null };
  readonly body?: unknown;
  readonly bodyUsed?: boolean;
  arrayBuffer(): Promise<ArrayBuffer>;
}

const SUBSCRIPTION: Shape<Subscription> = { notificationUrl: text, signatureKey: secret };
const RAW = "has to be the raw body, byte for byte, not what was made of it";

/** @internal What is said of a body that breaks off. */
export const BROKEN = "did not come to its end as bytes";

const DELIVERY: Shape<Delivery> = {
  body: ((value: unknown, field: string) =>
    typeof value === "string" ? new TextEncoder().encode(value) : raw(value, field)) as Read<Bytes>,
  signature: (value, field) => (value === null ? null : text(value, field)),
};

function raw(value: unknown, field: string): Uint8Array {
  const read = bytes(value);
  if (read === undefined) throw wrong(field, RAW);
  return read;
}

/** Checks webhook deliveries against one subscription or several. */
export class Webhooks {
  /** What the core reads them from; none once it was disposed of. */
  #given: string | undefined;

  /** Takes the subscriptions as registered: one, or two environments on one address, or a key being replaced. */
  constructor(subscriptions: Subscription | readonly Subscription[]) {
    // A list without holes: those would be skipped.
    const list: readonly Subscription[] = reading("subscriptions", () =>
      Array.isArray(subscriptions) ? Array.from(subscriptions) : [subscriptions as Subscription],
    );
    const read = list.map((one) => bag<Subscription>("subscriptions", one ?? null, SUBSCRIPTION));
    const given = JSON.stringify({
      notificationUrls: read.map((one) => one.notificationUrl ?? ""),
      signatureKeys: read.map((one) => one.signatureKey ?? ""),
    });
    inCore(() => core.webhooks(given));
    this.#given = given;
  }

  /**
   * Checks the signature of a delivery, and reads the event. Takes a web-standard `Request`, whose body it
   * reads, or the raw parts.
   *
   * Answer 400 for the codes `signature_missing` and `signature_malformed`, 401 for `signature_mismatch`.
   */
  async verify(delivery: RequestLike | Delivery): Promise<WebhookEvent> {
    const parts = reading("delivery", () => isRequest(delivery))
      ? { body: await readBody(delivery as RequestLike), signature: reading("signature", () => (delivery as RequestLike).headers.get(SIGNATURE_HEADER) ?? undefined) }
      : delivery;
    if (!reading("delivery", () => isParts(parts))) throw wrong("delivery", `has to be a web-standard Request, or { body, signature }, whose body ${RAW}`);
    const { body, signature } = bag<Delivery>("delivery", parts as Delivery, DELIVERY);
    if (body === undefined) throw wrong("body", RAW);
    const given = Webhooks.read(this, "this");
    // The core's memory never shrinks, so no more goes there than shows that it is too much.
    const read = (body as Uint8Array).subarray(0, MOST_RECEIVED);
    return event(inCore(() => core.verify(given, read, signature ?? "")));
  }

  /** @internal */
  static read(value: unknown, field: string): string {
    if (typeof value !== "object" || value === null || !(#given in value)) throw wrong(field, "has to be Webhooks of this copy of square-oauth; at the edge, import it from square-oauth/web");
    const given = (value as Webhooks).#given;
    if (given === undefined) throw wrong("this", "was disposed of", true);
    return given;
  }

  /** Forgets the keys. Not needed: the garbage collector does, later. */
  [Symbol.dispose](): void {
    this.#given = undefined;
  }
}

/** An event out of the core's record. */
export function event(found: unknown): WebhookEvent {
  const record = found as Record<string, unknown>;
  for (const moment of ["createdAt", "revokedAt"]) {
    if (moment in record) record[moment] = date(record[moment] as number);
  }
  return record as unknown as WebhookEvent;
}

function isRequest(delivery: unknown): delivery is RequestLike {
  const request = delivery as Partial<RequestLike> | null | undefined;
  return typeof request?.headers?.get === "function" && typeof request.arrayBuffer === "function";
}

/** Whether it can be meant as parts: no bytes, and not the request of a framework, whose body may be anything. */
function isParts(delivery: unknown): delivery is Delivery {
  return typeof delivery === "object" && delivery !== null && bytes(delivery) === undefined && !("headers" in delivery);
}

/** The raw body of a request, as much of it as can matter; an error where somebody has read it before, or it breaks off. */
export async function readBody(request: RequestLike): Promise<Uint8Array> {
  if (reading("body", () => request.bodyUsed) === true) throw wrong("body", `${RAW}: this request's was read before`);
  let read: Uint8Array | undefined;
  try {
    const stream = streamOf(request.body);
    read = stream === undefined ? bytes(await request.arrayBuffer()) : await drained(stream, MOST_RECEIVED);
  } catch (cause) {
    throw wrong("body", BROKEN, false, cause);
  }
  if (read === undefined) throw wrong("body", RAW);
  return copied(read, MOST_RECEIVED);
}
