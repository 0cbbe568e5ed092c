// Serves the subject in Vercel's edge runtime: `node edge.mjs TOOLS` in a folder where the package is installed; TOOLS is
// the folder whose node_modules hold edge-runtime and esbuild.

import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { bundle } from "./bundle.mjs";
import { PATHS } from "./web.mjs";

const require = createRequire(join(resolve(process.argv[2]), "package.json"));
const { EdgeRuntime } = require("edge-runtime");
const { version } = require("edge-runtime/package.json");
const MODULES = ["square_oauth.wasm", "square_oauth_web.wasm"];

const script = await bundle(require("esbuild"), ["edge-light", "browser"], "edge-function.mjs", "iife");
// What Vercel's build makes of an import that ends in `?module`.
const compiled = (name) => new WebAssembly.Module(readFileSync(`node_modules/square-oauth/${name}`));
const squareOauthModules = Object.fromEntries(MODULES.map((name) => [`./${name}?module`, compiled(name)]));
let about;
const runtime = new EdgeRuntime({
  initialCode: script,
  extend: (context) => Object.assign(context, { squareOauthModules, about: () => about }),
});

const server = createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const { method, url, headers } = request;
  const body = method === "POST" ? Buffer.concat(chunks) : undefined;
  const answer = await runtime.dispatchFetch(`http://127.0.0.1${url}`, { method, body, headers });
  await answer.waitUntil();
  response.writeHead(answer.status, { ...Object.fromEntries(answer.headers), "set-cookie": answer.headers.getSetCookie() });
  response.end(await answer.text());
});

server.listen(0, "127.0.0.1", () => {
  about = JSON.stringify({
    base_url: `http://127.0.0.1:${server.address().port}`,
    language: "javascript",
    runtime: `edge-runtime ${version}`,
    fetch: true,
    loaded: `edge-light.js and ${MODULES[0]}?module by static import`,
    web: PATHS,
  });
  console.log(about);
});
process.stdin.on("end", () => process.exit(0)).resume();
