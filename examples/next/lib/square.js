// The client and the handlers, made by the first request: a build runs this module without the environment.

import { callbackHandler, connectHandler, isFromOwnPage, isOAuthError, OAuthClient, webhookHandler, Webhooks } from "square-oauth/web";

function make() {
  const { env } = process;
  const publicUrl = env.PUBLIC_URL ?? `http://localhost:${env.PORT ?? 3000}`;
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
  return {
    publicUrl,
    square,
    sellers,
    connect: connectHandler(square, web),
    callback: callbackHandler(square, {
      ...web,
      // May come twice for one seller, so what is new takes the place of what was there.
      onConnected: (tokens) => sellers.set(tokens.merchantId, { tokens, connectedAt: new Date() }),
    }),
    webhook: webhookHandler(webhooks, {
      // Acts once for each event, and not on news that is older than the connection.
      onEvent(event) {
        if (events.has(event.eventId)) return;
        events.add(event.eventId);
        if (event.revokerType === undefined) return;
        const seller = sellers.get(event.merchantId);
        if (seller !== undefined && !(event.revokedAt < seller.connectedAt)) sellers.delete(event.merchantId);
      },
    }),
  };
}

/** One for the process: Next bundles each route for itself, so a module is there several times. */
export function shop() {
  return (globalThis.squareShop ??= make());
}

/** Ends a seller's connection, if it is one of our own pages that asks. */
export async function disconnect(request) {
  const { publicUrl, square, sellers } = shop();
  if (!isFromOwnPage(request, publicUrl)) return new Response("Please use the button on this site.", { status: 403 });
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

/** What Square says of a seller's token, rather than what was stored. */
export async function standing(tokens) {
  try {
    const { scopes } = await shop().square.retrieveTokenStatus(tokens.accessToken);
    return `Connected. Permissions: ${scopes.join(", ")}.`;
  } catch (error) {
    if (isOAuthError(error) && error.code === "access_token_rejected") return "Not connected any more. Please connect again.";
    console.error(error);
    return "Square could not be asked just now.";
  }
}
