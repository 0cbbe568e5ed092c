// Between Node's requests, as Express and Fastify hand them on, and plain values.

import { reading, wrong } from "../core.js";
import { bytes, copied, join } from "../fetch-transport.js";
import { BROKEN, MOST_RECEIVED } from "../webhooks.js";
import { type Incoming, pairs } from "./serve.js";

/** What of an `IncomingMessage` is read; its types are nobody's dependency. */
export interface NodeRequest {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  readonly rawHeaders: readonly string[];
  readonly readableEnded: boolean;
  on(event: string, listener: (value: never) => void): unknown;
}

const RAW = "has to be the raw body, byte for byte, but something has parsed it; put this route before your body parsers";

/** @internal */
export function incoming(request: NodeRequest, target: string): Incoming {
  return reading("request", () => ({ method: request.method ?? "GET", target, headers: pairs(request.rawHeaders) }));
}

/**
 * @internal
 * The raw body; `parsed` is what a framework has made of it. Of a form that was parsed, the one field that is
 * wanted is written anew; a delivery's signature is over the bytes that came.
 */
export async function body(request: NodeRequest, parsed: unknown, isForm: boolean): Promise<Uint8Array> {
  if (request.method !== "POST") return new Uint8Array();
  const raw = typeof parsed === "string" ? new TextEncoder().encode(parsed) : bytes(parsed);
  // The core's memory never shrinks, so no more goes there than shows that it is too much.
  if (raw !== undefined) return copied(raw, MOST_RECEIVED);
  if (!request.readableEnded) return readStream(request);
  if (parsed === undefined || parsed === null) return new Uint8Array();
  if (!isForm) throw wrong("body", RAW);
  const { return_to } = parsed as { return_to?: unknown };
  const form = typeof return_to === "string" ? new URLSearchParams({ return_to }).toString() : "";
  return new TextEncoder().encode(form);
}

function readStream(request: NodeRequest): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = [];
    let length = 0;
    request.on("data", (chunk: Uint8Array) => {
      // What is more than that is let go by: it is refused, and the connection stays usable.
      if (length < MOST_RECEIVED) chunks.push(chunk);
      length += length < MOST_RECEIVED ? chunk.byteLength : 0;
    });
    let isWhole = false;
    request.on("end", () => {
      isWhole = true;
      resolve(join(chunks, length));
    });
    const broken = (cause?: unknown) => isWhole || reject(wrong("body", BROKEN, false, cause));
    request.on("error", broken);
    request.on("close", () => broken());
  });
}
