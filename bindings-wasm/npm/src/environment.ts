// Where Square is.

import * as core from "square-oauth:glue";
import { inCore, wrong } from "./core.js";
import { type Read, text } from "./options.js";

interface Words {
  readonly name: string;
  readonly baseUrl: string;
  readonly authorizeBaseUrl: string;
}

/** What only this file has: an environment is made by the functions that read its address. */
const OWN = Symbol("own");

/** @internal What the core reads an environment from. */
export interface Source {
  readonly environment: string;
  readonly isInsecure?: boolean;
  readonly authorizeUrl?: string;
}

/**
 * Production, the sandbox, or a base URL of your own (an emulator, a recording proxy). Wherever one is
 * taken, its text is taken too.
 */
export class Environment {
  /** The word or base URL that stands for this environment. */
  declare readonly name: string;
  /** The base URL that calls go to, without a trailing slash. */
  declare readonly baseUrl: string;
  /** The base URL that the seller's browser goes to. */
  declare readonly authorizeBaseUrl: string;
  readonly #source: Source;

  private constructor(source: Source, own: symbol) {
    if (own !== OWN) throw wrong("environment", "is made by parse, insecureForEmulator or authorizeAt", true);
    this.#source = source;
    Object.assign(this, inCore(() => core.environment(JSON.stringify(source)) as Words));
  }

  /**
   * Reads `production`, `sandbox` or a base URL: https, or http on loopback. Square's own two addresses,
   * in any spelling, are production and sandbox.
   */
  static parse(environment: string): Environment {
    return new Environment({ environment: text(environment, "environment") }, OWN);
  }

  /**
   * A plain-http base URL on another host than loopback, e.g. `http://emulator:8080` between containers.
   * It takes only application IDs that start with `sandbox-`: everything sent to it can be read on the way.
   */
  static insecureForEmulator(url: string): Environment {
    return new Environment({ environment: text(url, "environment"), isInsecure: true }, OWN);
  }

  /**
   * The same environment with another address for the seller's browser: an emulator in a container has
   * one name for your server and another for the browser.
   */
  authorizeAt(url: string): Environment {
    return new Environment({ ...this.#source, authorizeUrl: text(url, "authorize_url") }, OWN);
  }

  /** The name. */
  toString(): string {
    return this.name;
  }

  /** The name. */
  toJSON(): string {
    return this.name;
  }

  /** @internal */
  static read(value: unknown, field: string): Source {
    if (typeof value === "object" && value !== null && #source in value) return (value as Environment).#source;
    if (typeof value === "string" || value === null) return { environment: value ?? "" };
    throw wrong(field, "has to be a text or an Environment of this copy of square-oauth");
  }
}

/** @internal */
export const environment = Environment.read as Read<never>;
