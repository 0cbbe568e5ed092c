// How a bag of options is read: by getters that know their keys, so that a misspelt one is an error.

import * as core from "square-oauth:glue";
import { inCore, unreadable, wrong } from "./core.js";
import { type Failure, OAuthError } from "./errors.js";
import { Secret } from "./secret.js";

/** Reads one value, or says what it has to be. The value itself is never repeated. */
export type Read<T> = (value: unknown, field: string) => T;

/** A reader for every key, so that a key without one does not compile. */
export type Shape<T> = { readonly [K in keyof Required<T>]: Read<Required<T>[K]> };

/** What has been read: a key that is not there is undefined. */
export type Bag<T> = { readonly [K in keyof T]: T[K] | undefined };

/** `beside` are keys that may be there with nothing in them: those of a request that is not meant. */
export function bag<T extends object>(what: string, given: unknown, shape: Shape<T>, beside: readonly string[] = []): Bag<Required<T>> {
  const read: Record<string, unknown> = {};
  if (given === undefined) return read as Bag<Required<T>>;
  const keys = Object.keys(shape);
  const isObject = typeof given === "object" && given !== null;
  let isEmpty = true;
  let at = what;
  try {
    if (isObject) {
      for (const key of Object.keys(given)) if (!keys.includes(key) && !beside.includes(key)) throw unknown(key, keys);
      for (at of keys) {
        const value = (given as Record<string, unknown>)[at];
        if (value === undefined) continue;
        read[at] = shape[at as keyof T](value as never, at);
        isEmpty = false;
      }
      at = what;
    }
    // A signal in the place of `{ signal }` has no key that is wrong, nor one that is right.
    if (!isObject || (isEmpty && !isPlain(given))) throw wrong(what, `has to be an object with ${keys.join(", ")}`);
  } catch (error) {
    throw unreadable(at, error);
  }
  return read as Bag<Required<T>>;
}

function isPlain(given: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(given);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** The one of several keys that says which request is meant; a second one is an error, unless there is nothing in it. */
export function oneOf<K extends string>(what: string, given: unknown, keys: readonly K[]): K {
  if (typeof given !== "object" || given === null) throw wrong(what, `has to be an object with ${keys.join(" or ")}`);
  let at: string = what;
  let found: K | undefined;
  try {
    for (const key of keys) {
      at = key;
      if ((given as Record<K, unknown>)[key] === undefined) continue;
      if (found !== undefined) throw wrong(key, `cannot be given beside ${found}`, true);
      found = key;
    }
    at = what;
    found ??= keys.find((key) => key in given);
    if (found !== undefined) return found;
    const [stray] = Object.keys(given);
    throw stray === undefined ? wrong(what, `has to be an object with ${keys.join(" or ")}`) : unknown(stray, keys);
  } catch (error) {
    throw unreadable(at, error);
  }
}

function unknown(key: string, known: readonly string[]): OAuthError {
  return new OAuthError(inCore(() => core.unknown_option(key, known.join(" ")) as Failure));
}

export const text: Read<string> = (value, field) => {
  if (typeof value === "string") return value;
  // An absent secret and one that is null are the same mistake, and the core has the words for it.
  if (value === null) return "";
  throw wrong(field, "has to be a text");
};

/** A text, or a `Secret` that holds one. */
export const secret: Read<string | Secret> = (value, field) => {
  const held = Secret.read(value);
  if (held !== undefined) return held;
  if (typeof value === "string" || value === null) return text(value, field);
  throw wrong(field, "has to be a text or a Secret of this copy of square-oauth");
};

export const flag: Read<boolean> = (value, field) => {
  if (typeof value === "boolean") return value;
  throw wrong(field, "has to be true or false");
};

export const number: Read<number> = (value, field) => {
  // Whole, and no more than is exact: whoever judges its range says the same of what is left out.
  if (typeof value === "number" && value >= 0) return Math.floor(Math.min(value, Number.MAX_SAFE_INTEGER));
  throw wrong(field, "has to be a number that is not negative");
};

export const texts: Read<readonly string[]> = (value, field) => {
  if (Array.isArray(value)) {
    // A copy, for what is judged must be what is used; and one without holes, which `every` does not see.
    const items: unknown[] = Array.from(value);
    if (items.every((item) => typeof item === "string")) return items;
  }
  throw wrong(field, "has to be a list of texts");
};

export const callable: Read<(...values: never[]) => unknown> = (value, field) => {
  if (typeof value === "function") return value as (...values: never[]) => unknown;
  throw wrong(field, "has to be a function");
};
