// Serves the subject on Node, Deno and Bun: `node server.mjs` in a folder where the package is installed; with the word
// `require` it is loaded by that.

import { createServer } from "node:http";
import { createRequire } from "node:module";
import { inspect } from "node:util";
import { answer, use } from "./subject.mjs";
import { PATHS, Web } from "./web.mjs";

const NAME = "square-oauth";
const isRequired = process.argv[2] === "require";
const require = createRequire(import.meta.url);
const load = (name) => (isRequired ? require(name) : import(name));
use(await load(NAME));
const library = await load(`${NAME}/web`);
const from = isRequired ? require.resolve(NAME) : import.meta.resolve(NAME);

const { Bun, Deno } = globalThis;
const [name, version] = Bun ? ["Bun", Bun.version] : Deno ? ["Deno", Deno.version.deno] : ["Node", process.versions.node];
const printer = Bun?.inspect ?? Deno?.inspect ?? inspect;
const loaded = `${from.split(/[\\/]/).at(-1)} by ${isRequired ? "require" : "import"}`;
let about;
let origin;
let web;

const server = createServer(async (request, response) => {
  const { method, url, headers } = request;
  const path = url.split("?")[0];
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  const handler = web.handler(path);
  if (handler !== undefined) {
    const sent = method === "GET" || method === "HEAD" ? undefined : body;
    const answer = await handler(new Request(origin + url, { method, headers, body: sent }));
    response.writeHead(answer.status, { ...Object.fromEntries(answer.headers), "set-cookie": answer.headers.getSetCookie() });
    response.end(Buffer.from(await answer.arrayBuffer()));
    return;
  }
  const isCall = method === "POST" && path === "/call";
  const [status, text] = isCall
    ? await answer(body.toString(), printer)
    : (web.control(path, body.toString()) ?? [path === "/" ? 200 : 404, about]);
  response.writeHead(status, { "content-type": "application/json" }).end(text);
});

server.listen(0, "127.0.0.1", () => {
  origin = `http://127.0.0.1:${server.address().port}`;
  web = new Web(library, library, origin);
  about = JSON.stringify({
    base_url: origin,
    language: "javascript",
    runtime: `${name} ${version}`,
    loaded,
    web: PATHS,
  });
  console.log(about);
});
process.stdin.on("end", () => process.exit(0)).resume();
