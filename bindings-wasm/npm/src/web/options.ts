// How the handlers are set up: read by name, checked by the core.

import { wrong } from "../core.js";
import { type Bag, type Read, type Shape, bag, callable, flag, text, texts } from "../options.js";
import type { Outcome } from "./serve.js";

/** What sellers read at one point of their way: words for the plain page of the library, or the path of a page of yours. */
export type Page =
  | string
  | {
      /** What happened. */
      title?: string;
      /** A sentence or two more. */
      text?: string;
    };

/** The pages that sellers may see on their way. */
export interface Pages {
  /**
   * For whoever comes to *connect* from another site: one press of its button starts. A page of your own gets
   * `return_to` in its query; it holds a form that posts `return_to` to the connect path, and must not be framed.
   */
  ask?: Page;
  /** The seller said no. */
  declined?: Page;
  /** It came a second time, or belongs to nothing we know. */
  over?: Page;
  /** It took too long, twice. */
  expired?: Page;
  /** Square cannot be reached. */
  later?: Page;
  /** Yours to repair. */
  failed?: Page;
  /** The language of all these words, as in HTML's `lang`. Default `en`. */
  language?: string;
  /** The label of the button and link that start. Default "Connect Square". */
  connectLabel?: string;
  /** The label of the link that leaves *ask* without starting. Default "Not now". */
  notNowLabel?: string;
  /** The label of the link to your application. Default "Back to the application". */
  backLabel?: string;
  /** A style sheet of your own, as a path on your server. Default: a small one within the page. */
  stylesheet?: string;
}

/** What is known of something that did not go well. */
export interface ErrorReport<R> {
  /** The request it came of. */
  readonly request: R;
  /** How the attempt ended; `failed` is yours to repair, also where `onEvent` threw. None of a refused delivery. */
  readonly outcome: Outcome | undefined;
}

/** How the handlers behave; give *connect* and *callback* the same. Paths are as browsers see them. */
export interface WebOptions<R = Request> {
  /**
   * How browsers reach this server: `https://` and a host, or `http://` on loopback. Its callback path is what
   * you register as the redirect URL at Square.
   */
  publicUrl: string;
  /** The permissions to ask for, as Square names them; at least one. */
  scopes: readonly string[];
  /** Whether a seller who is logged in at Square may skip the login. Default `false`. */
  session?: boolean;
  /** The language of Square's page, e.g. `en-US`. Default: Square guesses. */
  locale?: string;
  /** The redirect URL as registered. Default: none, and Square uses the registered one. */
  redirectUri?: string;
  /** Where *connect* is served, by `GET` and `POST`. Default `/connect`. */
  connectPath?: string;
  /** Where *callback* is served, by `GET`; how an attempt ended is shown there too. Default `/callback`. */
  callbackPath?: string;
  /** Where a seller goes once they are connected, if *connect* was not given a `return_to`. Default `/`. */
  returnTo?: string;
  /** What sellers read on their way. */
  pages?: Pages;
  /**
   * Told of everything that did not go well, also of a seller's no: log `error`, and be loud where `outcome` is
   * `failed`. Default: `console.error` of what is yours to repair.
   */
  onError?: (error: unknown, report: ErrorReport<R>) => unknown;
}

type Words = Exclude<Page, string>;

const WORDS: Shape<Words> = { title: text, text };

const page: Read<Page> = (value, field) => {
  if (typeof value === "string") return value;
  if (typeof value === "object" && value !== null) return bag<Words>(field, value, WORDS) as Words;
  throw wrong(field, "has to be a path, or an object with title and text");
};

const PAGES: Shape<Pages> = {
  ask: page,
  declined: page,
  over: page,
  expired: page,
  later: page,
  failed: page,
  language: text,
  connectLabel: text,
  notNowLabel: text,
  backLabel: text,
  stylesheet: text,
};

const WEB: Shape<WebOptions<never>> = {
  publicUrl: text,
  scopes: texts,
  session: flag,
  locale: text,
  redirectUri: text,
  connectPath: text,
  callbackPath: text,
  returnTo: text,
  pages: (value, field) => bag<Pages>(field, value, PAGES) as Pages,
  onError: callable as Read<never>,
};

/** @internal The options as the core takes them: those of pages beside the others, and words as `ask.title`. */
export type CoreOptions = Readonly<Record<string, unknown>>;

/** @internal Reads the bag of a handler, which may have more keys than all of them have. */
export function read<T extends WebOptions<never>>(
  given: unknown,
  more: Readonly<Record<string, Read<never>>>,
): { readonly options: Bag<Required<T>>; readonly core: CoreOptions } {
  const options = bag<T>("options", given ?? null, { ...WEB, ...more } as unknown as Shape<T>);
  const core: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(options)) if (key in WEB && key !== "pages" && key !== "onError") core[key] = value;
  for (const [key, value] of Object.entries((options.pages ?? {}) as Pages)) {
    const isPage = PAGES[key as keyof Pages] === page;
    if (!isPage) core[key] = value;
    else if (typeof value === "string") core[`${key}.path`] = value;
    else for (const [part, words] of Object.entries(value as Words)) core[`${key}.${part}`] = words;
  }
  return { options, core };
}
