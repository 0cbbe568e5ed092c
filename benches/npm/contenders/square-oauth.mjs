import { OAuthClient } from "square-oauth";
import { applicationId, applicationSecret, refreshToken, scope } from "../grant.mjs";

export const open = (address, options) => {
  const environment = `http://${address}`;
  const client = new OAuthClient({ environment, applicationId, applicationSecret, ...options });
  return {
    authorizeUrl: () => client.authorize({ scopes: [scope] }).url,
    call: async () => (await client.obtainToken({ refreshToken })).accessToken.expose(),
  };
};
