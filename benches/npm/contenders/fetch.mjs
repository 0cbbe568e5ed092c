// The least that a program on `fetch` can do.
import { authorizeUrl, body } from "../grant.mjs";

export const open = (address) => ({
  authorizeUrl: () => authorizeUrl(address),
  async call() {
    const response = await fetch(`http://${address}/oauth2/token`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: body(),
    });
    if (!response.ok) throw new Error(`${response.status}`);
    return (await response.json()).access_token;
  },
});
