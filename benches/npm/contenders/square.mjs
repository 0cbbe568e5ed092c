// The official SDK; its `authorize` fetches the page, so the address is made by hand.
import { SquareClient } from "square";
import { applicationId, applicationSecret, authorizeUrl, refreshToken } from "../grant.mjs";

export const open = (address) => {
  const client = new SquareClient({ baseUrl: `http://${address}`, auth: false });
  return {
    authorizeUrl: () => authorizeUrl(address),
    async call() {
      const tokens = await client.oAuth.obtainToken({
        clientId: applicationId,
        clientSecret: applicationSecret,
        grantType: "refresh_token",
        refreshToken,
      });
      return tokens.accessToken;
    },
  };
};
