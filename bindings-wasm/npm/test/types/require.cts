// The same by `require`.

import square = require("square-oauth");

const client: square.OAuthClient = new square.OAuthClient({
  environment: "sandbox",
  applicationId: "id",
  applicationSecret: "secret",
});
export const url: string = client.authorize({ scopes: ["PAYMENTS_READ"] }).url;
