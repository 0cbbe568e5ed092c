// The handlers in the edge runtime, added to the example by the test.

import { callbackHandler, connectHandler, OAuthClient } from "square-oauth/web";

export function handlers() {
  if (typeof EdgeRuntime !== "string") throw new Error("not the edge runtime");
  const { PUBLIC_URL, SQUARE_ENVIRONMENT, SQUARE_APPLICATION_ID, SQUARE_APPLICATION_SECRET } = process.env;
  const square = new OAuthClient({
    environment: SQUARE_ENVIRONMENT,
    applicationId: SQUARE_APPLICATION_ID,
    applicationSecret: SQUARE_APPLICATION_SECRET,
  });
  const web = {
    publicUrl: PUBLIC_URL,
    scopes: ["MERCHANT_PROFILE_READ"],
    connectPath: "/edge/connect",
    callbackPath: "/edge/callback",
    returnTo: "/edge/connected",
  };
  return { connect: connectHandler(square, web), callback: callbackHandler(square, { ...web, onConnected() {} }) };
}
