// A worker that connects Square sellers. README.md says how to start it.

import { callbackHandler, connectHandler, isFromOwnPage, isOAuthError, OAuthClient, webhookHandler, Webhooks } from "square-oauth/web";
import { Sellers } from "./sellers.mjs";

/** A worker's settings come with its requests, so everything is made by the first one. */
let made;
const application = (env) => (made ??= make(env));

function make(env) {
  const square = new OAuthClient({
    environment: env.SQUARE_ENVIRONMENT,
    applicationId: env.SQUARE_APPLICATION_ID,
    applicationSecret: env.SQUARE_APPLICATION_SECRET,
  });
  const subscription = { notificationUrl: `${env.PUBLIC_URL}/webhooks/square`, signatureKey: env.SQUARE_WEBHOOK_SIGNATURE_KEY };
  const sellers = new Sellers(env.DB, env.TOKENS_KEY);
  // Ask for as little as your application needs.
  const web = { publicUrl: env.PUBLIC_URL, scopes: ["MERCHANT_PROFILE_READ", "PAYMENTS_READ"], returnTo: "/status" };
  return {
    square,
    sellers,
    connect: connectHandler(square, web),
    callback: callbackHandler(square, { ...web, onConnected: (tokens) => sellers.put(tokens) }),
    webhook: webhookHandler(new Webhooks(subscription), { onEvent: (event) => sellers.heard(event) }),
  };
}

export default {
  // A real application knows who is logged in before any of this runs, and stores tokens under that account.
  async fetch(request, env, ctx) {
    const { square, sellers, connect, callback, webhook } = application(env);
    const { pathname } = new URL(request.url);
    if (pathname === "/connect") return connect(request);
    // With `ctx`, whose `waitUntil` lets the exchange end where the browser hangs up.
    if (pathname === "/callback") return callback(request, ctx);
    if (pathname === "/webhooks/square") return webhook(request);
    if (pathname === "/status") return statusPage(square, sellers);
    if (pathname === "/disconnect" && request.method === "POST") return disconnect(request, env, square, sellers);
    return pathname === "/" ? Response.redirect(`${env.PUBLIC_URL}/status`, 302) : new Response("Not found", { status: 404 });
  },
};

async function disconnect(request, env, square, sellers) {
  if (!isFromOwnPage(request, env.PUBLIC_URL)) return new Response("Please use the button on this site.", { status: 403 });
  const merchantId = String((await request.formData()).get("merchant_id"));
  try {
    await square.revokeToken({ all: merchantId });
  } catch (error) {
    // Gone already is as good.
    if (!isOAuthError(error) || error.code !== "token_not_found") throw error;
  }
  await sellers.remove(merchantId);
  return Response.redirect(`${env.PUBLIC_URL}/status`, 303);
}

async function statusPage(square, sellers) {
  let rows = "";
  for (const { merchantId, accessToken } of await sellers.all()) {
    rows +=
      `<h2>Seller ${escaped(merchantId)}</h2><p>${escaped(await standing(square, accessToken))}</p>` +
      `<form method="post" action="/disconnect"><input type="hidden" name="merchant_id" value="${escaped(merchantId)}">` +
      `<button>Disconnect</button></form>`;
  }
  const html =
    `<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Square</title><main><h1>Square</h1>` +
    `${rows === "" ? "<p>Nobody is connected.</p>" : rows}<p><a href="/connect">Connect Square</a></p></main></html>`;
  return new Response(html, { headers: { "content-type": "text/html; charset=utf-8", "referrer-policy": "same-origin" } });
}

/** What Square says of a seller's token, rather than what was stored. */
async function standing(square, accessToken) {
  try {
    const { scopes } = await square.retrieveTokenStatus(accessToken);
    return `Connected. Permissions: ${scopes.join(", ")}.`;
  } catch (error) {
    if (isOAuthError(error) && error.code === "access_token_rejected") return "Not connected any more. Please connect again.";
    console.error(error);
    return "Square could not be asked just now.";
  }
}

const escaped = (text) => text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
