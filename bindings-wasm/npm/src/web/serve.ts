// The core's handlers, a request at a time, whatever the server: what is awaited, and what is told to whom.

import type * as glue from "square-oauth:glue";
import { OAuthClient } from "../client.js";
import { Held, inCore, reading, run } from "../core.js";
import { type Failure, OAuthError } from "../errors.js";
import type { Context } from "../host.js";
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

/** @internal Names and values, a line each; no header has a line break. */
export function lines(headers: Incoming["headers"]): string {
  return reading("request", () => {
    let text = "";
    for (const [name, value] of headers) text += `${name}\n${value}\n`;
    return text;
  });
}

/** @internal */
export function served({ status, headers, body, outcome, ...failure }: AnswerRecord): Served {
  const error = failure.kind === undefined ? undefined : new OAuthError(failure as Failure);
  return { answer: { status, headers: pairs(headers), body }, outcome, error };
}

/** @internal The handlers over one client. */
export class Handlers {
  readonly #held: Held<glue.Handlers>;
  readonly #client: Held<glue.Client>;
  readonly #context: Context;

  constructor(client: unknown, { names, values, scopes, session }: CoreOptions) {
    const { held, context } = OAuthClient.read(client, "client");
    this.#client = held;
    this.#context = context;
    const over = held.get();
    this.#held = new Held(inCore((core) => new core.Handlers(over, names, values, scopes, session)));
  }

  connect({ method, target, headers }: Incoming, body: Uint8Array): Served {
    const head = lines(headers);
    return served(inCore(() => this.#held.get().connect(method, target, head, body) as AnswerRecord, this.#context));
  }

  async callback({ method, target, headers }: Incoming, onConnected: (tokens: Tokens) => unknown): Promise<Served> {
    const head = lines(headers);
    const arrived = inCore((core) => {
      const arrival: unknown = this.#held.get().arrive(method, target, head);
      return arrival instanceof core.Exchange ? arrival : (arrival as AnswerRecord);
    }, this.#context);
    if ("status" in arrived) return served(arrived);
    const client = this.#client.get();
    // No signal: a browser that hangs up must not cost the seller their code.
    const returned = await run(
      this.#context,
      undefined,
      () => arrived.run(client),
      (result: glue.Connected | AnswerRecord) => result,
    );
    if ("status" in returned) return served(returned);
    let failure: { error: unknown } | undefined;
    try {
      const tokens = inCore(() => returned.tokens() as TokensRecord);
      await onConnected(new Tokens(tokens));
    } catch (error) {
      failure = { error };
    }
    const answer = inCore(() => returned.answer(failure === undefined) as AnswerRecord);
    return failure === undefined ? served(answer) : { ...served(answer), ...failure, outcome: "failed" };
  }
}
