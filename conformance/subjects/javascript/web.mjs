// The web handlers of the subject: see "A web server" in ../../SUBJECTS.md. The same file in every runtime and framework.

import { client } from "./subject.mjs";

export const PATHS = { connect: "/connect", callback: "/callback", webhook: "/webhook" };

function only(what, given, known) {
  for (const key of Object.keys(given)) if (!known.includes(key)) throw new TypeError(`${what}: ${key} is not known`);
}

/** What is served: `client` has the classes and `framework` the handlers, from wherever a runtime has them. */
export class Web {
  #library;
  #framework;
  #publicUrl;
  #made;

  constructor(library, framework, publicUrl) {
    this.#library = library;
    this.#framework = framework;
    this.#publicUrl = publicUrl;
  }

  /** The handler for a path; undefined where there is none. */
  handler(path) {
    const name = Object.keys(PATHS).find((name) => PATHS[name] === path);
    return this.#made?.[name];
  }

  /** Whether it is a call to the subject itself; then its status and text. */
  control(path, text) {
    if (path !== "/web" && path !== "/clock") return undefined;
    try {
      const given = JSON.parse(text);
      if (path === "/web") this.#make(given);
      else this.#turn(given);
      return [200, "{}"];
    } catch (error) {
      return [400, String(error)];
    }
  }

  #make(given) {
    only("web", given, ["config", "now_ms", "webhook_signature_key"]);
    const { Webhooks } = this.#library;
    const { connectHandler, callbackHandler, webhookHandler } = this.#framework;
    const clock = { now: given.now_ms };
    const square = client(given.config, () => clock.now, this.#library);
    const options = { publicUrl: this.#publicUrl, scopes: ["MERCHANT_PROFILE_READ", "PAYMENTS_READ"], onError: () => {} };
    const connected = new Map();
    const webhooks = new Webhooks({
      notificationUrl: this.#publicUrl + PATHS.webhook,
      signatureKey: given.webhook_signature_key,
    });
    this.#made = {
      clock,
      connect: connectHandler(square, options),
      callback: callbackHandler(square, { ...options, onConnected: (tokens) => connected.set(tokens.merchantId, tokens) }),
      webhook: webhookHandler(webhooks, {
        onEvent: (event) => "revokerType" in event && connected.delete(event.merchantId),
        onError: () => {},
      }),
    };
  }

  #turn(given) {
    only("clock", given, ["now_ms"]);
    if (this.#made === undefined) throw new TypeError("there are no web handlers yet");
    this.#made.clock.now = given.now_ms;
  }
}
