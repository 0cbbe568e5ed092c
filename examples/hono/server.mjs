// A Hono server that connects Square sellers: the same file on Node, Deno and Bun. README.md says how to start it.

import process from "node:process";
import { Hono } from "hono";
import { html } from "hono/html";
import { callbackHandler, connectHandler, isFromOwnPage, isOAuthError, OAuthClient, webhookHandler, Webhooks } from "square-oauth/web";

const { env } = process;
const port = Number(env.PORT ?? 3000);
const publicUrl = env.PUBLIC_URL ?? `http://localhost:${port}`;

const square = new OAuthClient({
  environment: env.SQUARE_ENVIRONMENT,
  applicationId: env.SQUARE_APPLICATION_ID,
  applicationSecret: env.SQUARE_APPLICATION_SECRET,
});
const webhooks = new Webhooks({ notificationUrl: `${publicUrl}/webhooks/square`, signatureKey: env.SQUARE_WEBHOOK_SIGNATURE_KEY });

// In memory, so they are lost when the server stops. A real application encrypts tokens before it stores them.
const sellers = new Map();
const events = new Set();

// Ask for as little as your application needs.
const web = { publicUrl, scopes: ["MERCHANT_PROFILE_READ", "PAYMENTS_READ"], returnTo: "/status" };
const connect = connectHandler(square, web);
const callback = callbackHandler(square, {
  ...web,
  // May come twice for one seller, so what is new takes the place of what was there.
  onConnected: (tokens) => sellers.set(tokens.merchantId, { tokens, connectedAt: new Date() }),
});
const webhook = webhookHandler(webhooks, { onEvent: heard });

const app = new Hono();

// A real application knows who is logged in before any of this runs, and stores tokens under that account.
app.on(["GET", "POST"], "/connect", (c) => connect(c.req.raw));
app.get("/callback", (c) => callback(c.req.raw));
app.post("/webhooks/square", (c) => webhook(c.req.raw));
app.get("/", (c) => c.redirect("/status"));
app.get("/status", async (c) => {
  const rows = [...sellers.values()].map(async ({ tokens }) => ({ id: tokens.merchantId, standing: await standing(tokens) }));
  return c.html(page(await Promise.all(rows)));
});
app.post("/disconnect", async (c) => {
  if (!isFromOwnPage(c.req.raw, publicUrl)) return c.text("Please use the button on this site.", 403);
  const { merchant_id } = await c.req.parseBody();
  try {
    await square.revokeToken({ all: String(merchant_id) });
  } catch (error) {
    // Gone already is as good.
    if (!isOAuthError(error) || error.code !== "token_not_found") throw error;
  }
  sellers.delete(merchant_id);
  return c.redirect("/status", 303);
});

/** Acts once for each event, and not on news that is older than the connection. */
function heard(event) {
  if (events.has(event.eventId)) return;
  events.add(event.eventId);
  if (event.type !== "oauth.authorization.revoked") return;
  const seller = sellers.get(event.merchantId);
  if (seller !== undefined && !(event.revokedAt < seller.connectedAt)) sellers.delete(event.merchantId);
}

/** What Square says of a seller's token, rather than what was stored. */
async function standing(tokens) {
  try {
    const { scopes } = await square.retrieveTokenStatus(tokens.accessToken);
    return `Connected. Permissions: ${scopes.join(", ")}.`;
  } catch (error) {
    if (isOAuthError(error) && error.code === "access_token_rejected") return "Not connected any more. Please connect again.";
    console.error(error);
    return "Square could not be asked just now.";
  }
}

function page(rows) {
  const shown = rows.map(
    ({ id, standing }) => html`<h2>Seller ${id}</h2><p>${standing}</p>
      <form method="post" action="/disconnect"><input type="hidden" name="merchant_id" value="${id}"><button>Disconnect</button></form>`,
  );
  return html`<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Square</title><main><h1>Square</h1>
    ${shown.length === 0 ? html`<p>Nobody is connected.</p>` : shown}
    <p><a href="/connect">Connect Square</a></p></main></html>`;
}

const { Bun, Deno } = globalThis;
const serving = { port, hostname: "127.0.0.1", fetch: app.fetch };
if (Bun) Bun.serve(serving);
else if (Deno) Deno.serve(serving, app.fetch);
else (await import("@hono/node-server")).serve(serving);
console.log(`Register this redirect URL at Square: ${publicUrl}/callback\nThen open ${publicUrl}`);
