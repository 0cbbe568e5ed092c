// A Deno server that connects Square sellers, without a framework. README.md says how to start it.

import {
  callbackHandler,
  connectHandler,
  isFromOwnPage,
  isOAuthError,
  OAuthClient,
  type Tokens,
  type WebhookEvent,
  webhookHandler,
  Webhooks,
} from "square-oauth/web";

const setting = (name: string) => Deno.env.get(name) ?? "";
const port = Number(setting("PORT") || 3000);
const publicUrl = setting("PUBLIC_URL") || `http://localhost:${port}`;

const square = new OAuthClient({
  environment: setting("SQUARE_ENVIRONMENT"),
  applicationId: setting("SQUARE_APPLICATION_ID"),
  applicationSecret: setting("SQUARE_APPLICATION_SECRET"),
});
const webhooks = new Webhooks({
  notificationUrl: `${publicUrl}/webhooks/square`,
  signatureKey: setting("SQUARE_WEBHOOK_SIGNATURE_KEY"),
});

// In memory, so they are lost when the server stops. A real application encrypts tokens before it stores them.
const sellers = new Map<string, { tokens: Tokens; connectedAt: Date }>();
const events = new Set<string>();

// Ask for as little as your application needs.
const web = { publicUrl, scopes: ["MERCHANT_PROFILE_READ", "PAYMENTS_READ"], returnTo: "/status" };

type Handler = (request: Request) => Response | Promise<Response>;

// A real application knows who is logged in before any of this runs, and stores tokens under that account.
const routes: Record<string, Handler> = {
  "/connect": connectHandler(square, web),
  "/callback": callbackHandler(square, {
    ...web,
    // May come twice for one seller, so what is new takes the place of what was there.
    onConnected: (tokens) => sellers.set(tokens.merchantId, { tokens, connectedAt: new Date() }),
  }),
  "/webhooks/square": webhookHandler(webhooks, { onEvent: heard }),
  "/status": status,
  "/disconnect": disconnect,
  "/": () => Response.redirect(`${publicUrl}/status`, 302),
};

Deno.serve({ port, hostname: "127.0.0.1" }, (request) => {
  const route = routes[new URL(request.url).pathname];
  return route?.(request) ?? new Response("Not found", { status: 404 });
});
console.log(`Register this redirect URL at Square: ${publicUrl}/callback`);

/** Acts once for each event, and not on news that is older than the connection. */
function heard(event: WebhookEvent) {
  if (events.has(event.eventId)) return;
  events.add(event.eventId);
  if (event.revokerType === undefined) return;
  const { merchantId, revokedAt } = event;
  const seller = sellers.get(merchantId);
  if (seller !== undefined && !(revokedAt !== undefined && revokedAt < seller.connectedAt)) sellers.delete(merchantId);
}

async function disconnect(request: Request): Promise<Response> {
  if (request.method !== "POST" || !isFromOwnPage(request, publicUrl)) {
    return new Response("Please use the button on this site.", { status: 403 });
  }
  const merchantId = String((await request.formData()).get("merchant_id"));
  try {
    await square.revokeToken({ all: merchantId });
  } catch (error) {
    // Gone already is as good.
    if (!isOAuthError(error) || error.code !== "token_not_found") throw error;
  }
  sellers.delete(merchantId);
  return Response.redirect(`${publicUrl}/status`, 303);
}

async function status(): Promise<Response> {
  let rows = "";
  for (const { tokens } of sellers.values()) {
    const id = escaped(tokens.merchantId);
    rows += `<h2>Seller ${id}</h2><p>${escaped(await standing(tokens))}</p>` +
      `<form method="post" action="/disconnect"><input type="hidden" name="merchant_id" value="${id}">` +
      `<button>Disconnect</button></form>`;
  }
  const html = `<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Square</title><main><h1>Square</h1>` +
    `${rows || "<p>Nobody is connected.</p>"}<p><a href="/connect">Connect Square</a></p></main></html>`;
  return new Response(html, { headers: { "content-type": "text/html; charset=utf-8", "referrer-policy": "same-origin" } });
}

/** What Square says of a seller's token, rather than what was stored. */
async function standing(tokens: Tokens): Promise<string> {
  try {
    const { scopes } = await square.retrieveTokenStatus(tokens.accessToken);
    return `Connected. Permissions: ${scopes.join(", ")}.`;
  } catch (error) {
    if (isOAuthError(error) && error.code === "access_token_rejected") return "Not connected any more. Please connect again.";
    console.error(error);
    return "Square could not be asked just now.";
  }
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
}
