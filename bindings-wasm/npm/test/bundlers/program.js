// A program to bundle: it goes once through everything, over a fetch of its own.

import { attempt, isOAuthError, OAuthClient, Webhooks } from "square-oauth";

const TOKENS = { access_token: "EAAA-1", token_type: "bearer", expires_at: "2026-02-14T12:00:00Z", merchant_id: "MLQW2MYBY81PZ" };
const square = new OAuthClient({
  environment: "sandbox",
  applicationId: "sandbox-sq0idb-0123456789abcdefghijkl",
  applicationSecret: "sandbox-sq0csb-0123456789abcdefghijklmnop",
  fetch: async () => new Response(JSON.stringify(TOKENS)),
});

async function main() {
  const { url, pending, attempt: key } = square.authorize({ scopes: ["PAYMENTS_READ"] });
  const back = `/callback?code=sq0cgb-1&state=${new URL(url).searchParams.get("state")}`;
  if (attempt(back) !== key) throw new Error("another attempt");
  const tokens = await square.complete(back, pending);
  if (tokens.accessToken.expose() !== TOKENS.access_token) throw new Error("other tokens");
  try {
    await new Webhooks({ notificationUrl: "https://x", signatureKey: "k" }).verify({ body: "{}", signature: null });
  } catch (error) {
    if (isOAuthError(error) && error.code === "signature_missing") return console.log("bundled: ok");
    throw error;
  }
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
