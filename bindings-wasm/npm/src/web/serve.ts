// The core's handlers, a request at a time, whatever the server: what is awaited, and what is told to whom.

import * as core from "square-oauth:glue";
import { OAuthClient } from "../client.js";
import { type Caller, run } from "../call.js";
import { generation, inCore, reading } from "../core.js";
import { type Failure, OAuthError, isOAuthError, withoutCore } from "../errors.js";
import { Lasting } from "../held.js";
import { Tokens, type TokensRecord } from "../tokens.js";
import type { CoreOptions } from "./options.js";

/** How an attempt ended, other than well: which page the seller gets. */
export type Outcome = "declined" | "over" | "expired" | "later" | "failed";

/** @internal A request without its body, as it came. */
export interface Incoming {
  readonly method: string;
  /** A URL, or a path and a query, unparsed. */
  readonly target: string;
  /** Names and values. */
  readonly headers: Iterable<readonly [string, string]>;
}

/** @internal What to send. */
export interface Answer {
  readonly status: number;
  /** `set-cookie` may be there more than once. */
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
}

/** @internal An answer, and what to report beside it. */
export interface Served {
  readonly answer: Answer;
  readonly outcome?: Outcome | undefined;
  readonly error?: unknown;
}

/** @internal The core's record: names and values of headers in turn, and beside the answer the error that came of it. */
export type AnswerRecord = Omit<Answer, "headers"> & {
  readonly headers: readonly string[];
  readonly outcome?: Outcome;
} & Partial<Failure>;

/** @internal Headers that came as names and values in turn, as Node's list of them does: its record drops what is there twice. */
export function pairs(list: readonly string[]): [string, string][] {
  const headers: [string, string][] = [];
  for (let at = 0; at + 1 < list.length; at += 2) headers.push([list[at] as string, list[at + 1] as string]);
  return headers;
}

/** @internal A request as the core takes it: texts, and names and values a line each; no header has a line break. */
export function plain({ method, target, headers }: Incoming): readonly [method: string, target: string, head: string] {
  return reading("request", () => {
    let head = "";
    for (const [name, value] of headers) head += `${name}\n${value}\n`;
    return [`${method}`, `${target}`, head];
  });
}

/** @internal */
export function served({ status, headers, body, outcome, ...failure }: AnswerRecord): Served {
  const error = failure.kind === undefined ? undefined : new OAuthError(failure as Failure);
  return { answer: { status, headers: pairs(headers), body }, outcome, error };
}

/** @internal What is answered where the library itself has failed; whatever else was thrown is the caller's. */
export function rescue(answer: Answer, error: unknown): Served {
  if (isOAuthError(error) && error.kind === "internal") return { answer, outcome: "failed", error };
  throw error;
}

/** @internal */
export function rescued<S extends Served>(answer: Answer, work: () => S): S | Served {
  try {
    return work();
  } catch (error) {
    return rescue(answer, error);
  }
}

/** @internal The handlers over one client. */
export class Handlers {
  readonly #client: Lasting;
  /** What the core reads them from. */
  readonly #given: string;
  readonly #caller: Caller;
  /** Kept from the beginning: when it is needed there is no core to ask. */
  readonly #failed: Answer;

  constructor(client: unknown, options: CoreOptions) {
    const { make, caller } = OAuthClient.read(client, "client");
    this.#caller = caller;
    this.#client = new Lasting(make);
    this.#given = JSON.stringify(options);
    inCore(() => core.handlers(this.#client.get(), this.#given));
    const own = options["failed.path"] as string | undefined;
    this.#failed =
      own === undefined
        ? { ...served(inCore(() => core.arrive(this.#client.get(), this.#given, "GET", "?outcome=failed", "") as AnswerRecord)).answer, status: 500 }
        : { status: 303, headers: [["location", own], ["cache-control", "no-store"]], body: "" };
  }

  connect(incoming: Incoming, body: Uint8Array): Served {
    const [method, target, head] = plain(incoming);
    return rescued(this.#failed, () => {
      const client = this.#client.get();
      return served(inCore(() => core.connect(client, this.#given, method, target, head, body) as AnswerRecord, this.#caller));
    });
  }

  async callback(incoming: Incoming, onConnected: (tokens: Tokens) => unknown): Promise<Served> {
    const [method, target, head] = plain(incoming);
    try {
      return await this.#callback(method, target, head, onConnected);
    } catch (error) {
      return rescue(this.#failed, error);
    }
  }

  async #callback(method: string, target: string, head: string, onConnected: (tokens: Tokens) => unknown): Promise<Served> {
    const client = this.#client.get();
    const arrived = inCore(() => {
      const arrival: unknown = core.arrive(client, this.#given, method, target, head);
      return arrival instanceof core.Exchange ? arrival : (arrival as AnswerRecord);
    }, this.#caller);
    if ("status" in arrived) return served(arrived);
    // No signal: a browser that hangs up must not cost the seller their code.
    const returned = await run(
      this.#caller,
      undefined,
      () => arrived.run(client),
      (result: core.Connected | AnswerRecord) => result,
    );
    if ("status" in returned) return served(returned);
    let failure: { error: unknown } | undefined;
    const born = generation();
    const tokens = inCore(() => returned.tokens() as TokensRecord);
    try {
      await onConnected(new Tokens(tokens));
    } catch (error) {
      failure = { error };
    }
    // What a panic has taken meanwhile cannot be asked any more; asking would be the next one.
    if (born !== generation()) {
      const { error } = failure ?? { error: withoutCore("panicked", undefined) };
      return { answer: this.#failed, outcome: "failed", error };
    }
    const answer = inCore(() => returned.answer(failure === undefined) as AnswerRecord);
    return failure === undefined ? served(answer) : { ...served(answer), ...failure, outcome: "failed" };
  }
}
