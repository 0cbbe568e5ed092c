// Serves the subject in workerd, through Miniflare: `node workerd.mjs TOOLS` in a folder where the package is installed;
// TOOLS is the folder whose node_modules hold miniflare and esbuild.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { join, resolve } from "node:path";
import { bundle } from "./bundle.mjs";
import { PATHS } from "./web.mjs";

const require = createRequire(join(resolve(process.argv[2]), "package.json"));
const { Miniflare } = require("miniflare");
const { version } = require("workerd/package.json");
const MODULES = ["square_oauth.wasm", "square_oauth_web.wasm"];

const script = await bundle(require("esbuild"), ["workerd", "worker", "browser"], "worker.mjs", "esm");
const port = await new Promise((done) => {
  const probe = createServer().listen(0, "127.0.0.1", () => {
    const { port } = probe.address();
    probe.close(() => done(port));
  });
});
const about = JSON.stringify({
  base_url: `http://127.0.0.1:${port}`,
  language: "javascript",
  runtime: `workerd ${version}`,
  fetch: true,
  loaded: `workerd.js and ${MODULES[0]} by static import`,
  web: PATHS,
});
const miniflare = new Miniflare({
  host: "127.0.0.1",
  port,
  compatibilityDate: "2026-07-01",
  bindings: { ABOUT: about },
  modules: [
    { type: "ESModule", path: "worker.js", contents: script },
    ...MODULES.map((path) => ({ type: "CompiledWasm", path, contents: readFileSync(`node_modules/square-oauth/${path}`) })),
  ],
});
await miniflare.ready;
console.log(about);
process.stdin.on("end", async () => {
  await miniflare.dispose();
  process.exit(0);
}).resume();
