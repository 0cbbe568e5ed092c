// The least that anything in Node can do: written by hand over connections that are kept.
import http from "node:http";
import { authorizeUrl, body } from "../grant.mjs";

export const open = (address) => {
  const [host, port] = address.split(":");
  const agent = new http.Agent({ keepAlive: true });
  const post = (text) =>
    new Promise((resolve, reject) => {
      const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(text) };
      const options = { host, port, path: "/oauth2/token", method: "POST", agent, headers };
      const request = http.request(options, (response) => {
        const chunks = [];
        response.on("data", (chunk) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () => {
          if (response.statusCode !== 200) return reject(new Error(`${response.statusCode}`));
          resolve(JSON.parse(Buffer.concat(chunks).toString("utf8")));
        });
      });
      request.on("error", reject);
      request.end(text);
    });
  return {
    authorizeUrl: () => authorizeUrl(address),
    call: async () => (await post(body())).access_token,
  };
};
