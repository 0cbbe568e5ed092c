import * as oauth from "oauth4webapi";
import { applicationId, applicationSecret, authorizeUrl, refreshToken } from "../grant.mjs";

export const open = (address) => {
  const server = { issuer: `http://${address}`, token_endpoint: `http://${address}/oauth2/token` };
  const client = { client_id: applicationId };
  const authentication = oauth.ClientSecretPost(applicationSecret);
  const options = { [oauth.allowInsecureRequests]: true };
  return {
    // It makes the state, and leaves the address to its user.
    authorizeUrl: () => authorizeUrl(address) + oauth.generateRandomState(),
    async call() {
      const response = await oauth.refreshTokenGrantRequest(
        server,
        client,
        authentication,
        refreshToken,
        options,
      );
      return (await oauth.processRefreshTokenResponse(server, client, response)).access_token;
    },
  };
};
