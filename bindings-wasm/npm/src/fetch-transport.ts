// Sending by `fetch`: the runtime's, looked up at call time, or the caller's.

import { Failed } from "square-oauth:glue";
import { type HttpAnswer, type HttpRequest, MOST_BYTES, type Transport } from "./host.js";

/** What of a `fetch` is needed, so that any will do. */
export type FetchLike = (url: string, init: FetchInit) => Promise<ResponseLike>;

/** What a `fetch` is given beside the URL. */
export interface FetchInit {
  method: "POST";
  headers: Record<string, string>;
  body?: string;
  redirect: "manual";
  /** No token may come from a cache or stay in one. Left out where the runtime refuses to hear of it. */
  cache?: "no-store";
  signal: AbortSignal;
}

/** What of an answer is read. */
export interface ResponseLike {
  readonly status: number;
  readonly type?: string;
  readonly headers: { get(name: string): string | null };
  readonly body: unknown;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** @internal */
export function fetchTransport(given?: FetchLike): Transport {
  return (request, settle) => {
    const controller = new AbortController();
    exchange(given ?? (globalThis.fetch as unknown as FetchLike), request, controller.signal).then(settle, (error) =>
      // It cannot be told how far the request came.
      settle({ failed: Failed.Broken, cause: describe(error) }),
    );
    return () => controller.abort();
  };
}

/** @internal An error of ours that names the other's code and nothing else: its text may hold an address or more. */
export function describe(error: unknown): Error | undefined {
  const codes = [error, (error as { cause?: unknown } | null | undefined)?.cause].map(
    (one) => (one as { code?: unknown } | null | undefined)?.code,
  );
  const code = codes.find((one): one is string => typeof one === "string" && /^[A-Z][A-Z0-9_]{2,40}$/.test(one));
  return code === undefined ? undefined : new Error(code);
}

// Asynchronous from its first line, so that whatever is thrown is a rejection.
async function exchange(fetch: FetchLike, request: HttpRequest, signal: AbortSignal): Promise<HttpAnswer> {
  const init: FetchInit = { method: "POST", headers: record(request.headers), redirect: "manual", signal };
  if (request.body !== undefined) init.body = request.body;
  if (takesCache()) init.cache = "no-store";
  const response = await fetch(request.url, init);
  // A redirect that is not shown is one all the same.
  const status = response.type === "opaqueredirect" ? 302 : response.status;
  if (!Number.isInteger(status) || status < 100 || status > 599) throw new TypeError("not a response");
  const header = (name: string) => textOf(response.headers.get(name));
  const contentType = header("content-type");
  const retryAfter = header("retry-after");
  // What it is good for is to say from when on the other counts.
  const date = retryAfter && header("date");
  return { status, contentType, retryAfter, date, bytes: await readBody(response) };
}

const textOf = (value: unknown) => (typeof value === "string" ? value : undefined);

/** @internal Headers by their names. */
export function record(headers: readonly string[]): Record<string, string> {
  const record: Record<string, string> = {};
  for (let at = 0; at + 1 < headers.length; at += 2) record[headers[at] as string] = headers[at + 1] as string;
  return record;
}

async function readBody(response: ResponseLike): Promise<Uint8Array> {
  // In one go, where it says how little it is: reading it piece by piece costs a third more.
  const announced = response.headers.get("content-length");
  const isLittle = announced !== null && Number(announced) < MOST_BYTES && response.headers.get("content-encoding") === null;
  const body = isLittle ? undefined : response.body;
  if (body === null) return new Uint8Array();
  const stream = streamOf(body);
  // Not every fetch has web streams.
  const read = stream === undefined ? bytes(await response.arrayBuffer()) : await drained(stream, MOST_BYTES);
  if (read === undefined) throw new TypeError("not bytes");
  return copied(read, MOST_BYTES);
}

/** @internal Bytes that nobody can take away again; no more of them than that. */
export const copied = (bytes: Uint8Array, most: number): Uint8Array => bytes.slice(0, most);

/** @internal */
export function streamOf(body: unknown): ReadableStream<unknown> | undefined {
  const stream = body as ReadableStream<unknown> | null | undefined;
  return typeof stream?.getReader === "function" ? stream : undefined;
}

/** However little each brings, so many may come: without a pause nothing else would have its turn. */
const MOST_EMPTY = 1000;

/** @internal A stream to its end, or to where it has brought `most` bytes; what else comes is not wanted. */
export async function drained(stream: ReadableStream<unknown>, most: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  let empty = 0;
  const reader = stream.getReader();
  while (length < most) {
    const { done, value } = await reader.read();
    if (done) return join(chunks, length);
    const chunk = bytes(value);
    if (chunk === undefined) throw new TypeError("not bytes");
    if (chunk.byteLength === 0 && (empty += 1) > MOST_EMPTY) throw new TypeError("nothing comes");
    // Whoever brings it may use its memory again.
    chunks.push(copied(chunk, most));
    length += chunk.byteLength;
  }
  // Whether that can be said does not matter.
  reader.cancel().catch(() => {});
  return join(chunks, most);
}

/** @internal Their first so many bytes, as one. */
export function join(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const [first] = chunks;
  if (first?.byteLength === length) return first;
  const whole = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk.subarray(0, length - at), at);
    at += chunk.byteLength;
  }
  return whole;
}

/** @internal Bytes of any kind and of any realm. */
export function bytes(value: unknown): Uint8Array | undefined {
  const kind = Object.prototype.toString.call(value);
  if (!ArrayBuffer.isView(value) && kind !== "[object ArrayBuffer]" && kind !== "[object SharedArrayBuffer]") return undefined;
  try {
    if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
    return new Uint8Array(value as ArrayBuffer);
  } catch {
    return undefined;
  }
}

let isCacheTaken: boolean | undefined;

/** Some runtimes throw at the sight of the option, and say nothing beforehand. */
function takesCache(): boolean {
  if (isCacheTaken === undefined) {
    try {
      new Request("http://localhost", { cache: "no-store" });
      isCacheTaken = true;
    } catch {
      isCacheTaken = false;
    }
  }
  return isCacheTaken;
}
