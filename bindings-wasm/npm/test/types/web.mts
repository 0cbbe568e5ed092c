// The handlers: what users write compiles, and what they must not write does not.

import * as express from "square-oauth/express";
import * as fastify from "square-oauth/fastify";
import { OAuthClient } from "square-oauth";
import {
  callbackHandler,
  connectHandler,
  isFromOwnPage,
  OAuthClient as Same,
  type Outcome,
  type Pages,
  type Tokens,
  webhookHandler,
  type WebOptions,
  Webhooks,
} from "square-oauth/web";

const square = new OAuthClient({ environment: "sandbox", applicationId: "id", applicationSecret: "secret" });
const same: Same = square;
const webhooks = new Webhooks({ notificationUrl: "https://app.example/w", signatureKey: "key" });
const pages: Pages = { ask: "/ask", failed: { title: "Oh" }, over: { title: "Over", text: "Look." }, language: "de" };
const web: WebOptions = { publicUrl: "https://app.example", scopes: ["PAYMENTS_READ"], pages };

type Handler = (request: Request) => Promise<Response>;
const connect: Handler = connectHandler(same, web);
const callback: Handler = callbackHandler(square, {
  ...web,
  onConnected: async (tokens, request) => {
    const kept: Tokens = tokens;
    return [kept, request.headers];
  },
  onError: (error, { outcome, request }) => {
    const known: Outcome | undefined = outcome;
    return [error, known, request.url];
  },
});
const perAccount = callbackHandler<{ account: string }>(square, {
  ...web,
  onConnected: (tokens, _request, { account }) => account + tokens.merchantId,
});
perAccount(new Request("https://app.example"), { account: "1" });
// @ts-expect-error another context than onConnected takes
perAccount(new Request("https://app.example"), { user: "1" });
const webhook: Handler = webhookHandler(webhooks, { onEvent: (event, request) => [event.eventId, request.method] });
const own: boolean = isFromOwnPage(new Request("https://app.example"), "https://app.example");
isFromOwnPage({ rawHeaders: [] }, "https://app.example");

// @ts-expect-error the tokens have to go somewhere
callbackHandler(square, web);
// @ts-expect-error a misspelt option
connectHandler(square, { ...web, publicURL: "https://app.example" });
// @ts-expect-error somebody has to hear of it
webhookHandler(webhooks, {});

interface Session extends express.ExpressRequest {
  session: { account: string };
}
express.connectHandler(square, { publicUrl: "https://app.example", scopes: [] });
express.callbackHandler<Session>(square, {
  publicUrl: "https://app.example",
  scopes: [],
  onConnected: (tokens, request) => request.session.account + tokens.merchantId,
});
express.webhookHandler(webhooks, { onEvent: () => {} });
fastify.callbackHandler(square, { publicUrl: "https://app.example", scopes: [], onConnected: () => {} });
fastify.webhookHandler(webhooks, { onEvent: () => {} });

export { callback, connect, own, webhook };
