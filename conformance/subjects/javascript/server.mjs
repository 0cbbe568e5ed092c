// Serves the subject on Node, Deno and Bun: `node server.mjs` in a folder where the package is installed; with the word
// `require` it is loaded by that.

import { createServer } from "node:http";
import { createRequire } from "node:module";
import { inspect } from "node:util";
import { answer, use } from "./subject.mjs";

const NAME = "square-oauth";
const isRequired = process.argv[2] === "require";
const require = createRequire(import.meta.url);
use(isRequired ? require(NAME) : await import(NAME));
const from = isRequired ? require.resolve(NAME) : import.meta.resolve(NAME);

const { Bun, Deno } = globalThis;
const [name, version] = Bun ? ["Bun", Bun.version] : Deno ? ["Deno", Deno.version.deno] : ["Node", process.versions.node];
const printer = Bun?.inspect ?? Deno?.inspect ?? inspect;
const loaded = `${from.split(/[\\/]/).at(-1)} by ${isRequired ? "require" : "import"}`;
let about;

const server = createServer(async (request, response) => {
  let text = "";
  request.setEncoding("utf8");
  for await (const chunk of request) text += chunk;
  const isCall = request.method === "POST" && request.url === "/call";
  const [status, body] = isCall ? await answer(text, printer) : [request.url === "/" ? 200 : 404, about];
  response.writeHead(status, { "content-type": "application/json" }).end(body);
});

server.listen(0, "127.0.0.1", () => {
  about = JSON.stringify({
    base_url: `http://127.0.0.1:${server.address().port}`,
    language: "javascript",
    runtime: `${name} ${version}`,
    loaded,
  });
  console.log(about);
});
process.stdin.on("end", () => process.exit(0)).resume();
