import { AuthorizationCode } from "simple-oauth2";
import { applicationId, applicationSecret, refreshToken, scope } from "../grant.mjs";

export const open = (address) => {
  const client = new AuthorizationCode({
    client: { id: applicationId, secret: applicationSecret },
    auth: { tokenHost: `http://${address}`, tokenPath: "/oauth2/token", authorizePath: "/oauth2/authorize" },
    options: { authorizationMethod: "body", bodyFormat: "json" },
  });
  return {
    authorizeUrl: () => client.authorizeURL({ scope, state: "x" }),
    async call() {
      const token = await client.createToken({ refresh_token: refreshToken }).refresh();
      return token.token.access_token;
    },
  };
};
