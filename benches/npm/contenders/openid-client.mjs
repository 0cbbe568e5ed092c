import * as client from "openid-client";
import { applicationId, applicationSecret, refreshToken, scope } from "../grant.mjs";

export const open = (address) => {
  const server = {
    issuer: `http://${address}`,
    authorization_endpoint: `http://${address}/oauth2/authorize`,
    token_endpoint: `http://${address}/oauth2/token`,
  };
  const authentication = client.ClientSecretPost(applicationSecret);
  const configuration = new client.Configuration(server, applicationId, {}, authentication);
  client.allowInsecureRequests(configuration);
  const parameters = () => ({ scope, session: "false", state: client.randomState() });
  return {
    authorizeUrl: () => client.buildAuthorizationUrl(configuration, parameters()).href,
    call: async () => (await client.refreshTokenGrant(configuration, refreshToken)).access_token,
  };
};
