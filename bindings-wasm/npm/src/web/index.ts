/// <reference lib="esnext.disposable" />
// The public names of `square-oauth/web`: the whole client, and the handlers over it. Where a worker's size
// counts they are a module of their own, so take both from here.

export * from "../index.js";
export { type CallbackOptions, callbackHandler } from "./callback.js";
export { connectHandler } from "./connect.js";
export type { ErrorReport, Page, Pages, WebOptions } from "./options.js";
export { type HeadersLike, isFromOwnPage } from "./own-page.js";
export type { Outcome } from "./serve.js";
export { type WebhookOptions, webhookHandler } from "./webhook.js";
