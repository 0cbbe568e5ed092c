// An Express server that connects Square sellers. README.md says how to start it.

import express from "express";
import { isOAuthError, OAuthClient, Webhooks } from "square-oauth";
import { callbackHandler, connectHandler, webhookHandler } from "square-oauth/express";
import { isFromOwnPage } from "square-oauth/web";
import { Sellers } from "./sellers.mjs";
import { notFromHere, statusPage } from "./pages.mjs";

const env = process.env;
const port = Number(env.PORT ?? 3000);
const publicUrl = env.PUBLIC_URL ?? `http://localhost:${port}`;

const square = new OAuthClient({
  environment: env.SQUARE_ENVIRONMENT,
  applicationId: env.SQUARE_APPLICATION_ID,
  applicationSecret: env.SQUARE_APPLICATION_SECRET,
});
const webhooks = new Webhooks({ notificationUrl: `${publicUrl}/webhooks/square`, signatureKey: env.SQUARE_WEBHOOK_SIGNATURE_KEY });
const sellers = new Sellers();

// Ask for as little as your application needs.
const web = { publicUrl, scopes: ["MERCHANT_PROFILE_READ", "PAYMENTS_READ"], returnTo: "/status", onError: logged };

const app = express();

// A real application knows who is logged in before any of this runs, and stores tokens under that account.
const connect = connectHandler(square, web);
app.get("/connect", connect);
app.post("/connect", connect);
app.get("/callback", callbackHandler(square, { ...web, onConnected: (tokens) => sellers.put(tokens) }));

// Before any body parser: Square signs the bytes that it sends.
app.post("/webhooks/square", webhookHandler(webhooks, { onEvent: (event) => sellers.heard(event), onError: logged }));

app.get(["/", "/status"], async (_request, response) => {
  const shown = [];
  for (const { tokens } of sellers.all()) shown.push({ merchantId: tokens.merchantId, standing: await standing(tokens) });
  response.set("referrer-policy", "same-origin").send(statusPage(shown));
});

app.post("/disconnect", express.urlencoded({ extended: false }), async (request, response) => {
  if (!isFromOwnPage(request, publicUrl)) return response.status(403).send(notFromHere());
  const merchantId = String(request.body.merchant_id);
  try {
    await square.revokeToken({ all: merchantId });
  } catch (error) {
    // Gone already is as good.
    if (!isOAuthError(error) || error.code !== "token_not_found") throw error;
  }
  sellers.remove(merchantId);
  response.redirect(303, "/status");
});

app.listen(port, "127.0.0.1", () => {
  console.log(`Register this redirect URL at Square: ${publicUrl}/callback`);
  console.log(`Then open ${publicUrl}`);
});

/** What Square says of a seller's token, rather than what was stored. */
async function standing(tokens) {
  try {
    const { scopes } = await square.retrieveTokenStatus(tokens.accessToken);
    return `Connected. Permissions: ${scopes.join(", ")}.`;
  } catch (error) {
    if (isOAuthError(error) && error.code === "access_token_rejected") return "Not connected any more. Please connect again.";
    logged(error, { outcome: undefined });
    return "Square could not be asked just now.";
  }
}

/** Sellers read pages, we read codes. */
function logged(error, { outcome }) {
  const line = isOAuthError(error) ? `${error.code}: ${error.message}` : String(error);
  if (outcome === "failed") console.error(line);
  else console.log(line);
}
