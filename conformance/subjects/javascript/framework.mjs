// Serves the subject through a framework of Node's: `node framework.mjs express TOOLS` (or fastify) in a folder where the
// package is installed; TOOLS is the folder whose node_modules hold the frameworks.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { inspect } from "node:util";
import * as library from "square-oauth";
import { answer, use } from "./subject.mjs";
import { PATHS, Web } from "./web.mjs";

use(library);
const [name, tools] = process.argv.slice(2);
const require = createRequire(join(resolve(tools), "package.json"));
const { version } = JSON.parse(readFileSync(join(resolve(tools), "node_modules", name, "package.json"), "utf8"));
let about;
let web;

/** A call to the subject itself: its status and text. */
async function called(path, text) {
  if (path === "/call") return answer(text, inspect);
  return web.control(path, text) ?? [404, ""];
}

async function express() {
  const framework = require("express");
  const app = framework();
  app.get("/", (_request, response) => response.type("json").send(about));
  const text = framework.text({ type: () => true, limit: "8mb" });
  app.post(["/call", "/web", "/clock"], text, async (request, response) => {
    const [status, body] = await called(request.path, typeof request.body === "string" ? request.body : "");
    response.status(status).type("json").send(body);
  });
  for (const path of Object.values(PATHS)) {
    app.all(path, (request, response, next) => web.handler(path)(request, response, next));
  }
  return new Promise((done) => {
    const server = app.listen(0, "127.0.0.1", () => done(server.address().port));
  });
}

async function fastify() {
  const { rawBody } = await import("square-oauth/fastify");
  const app = require("fastify")({ bodyLimit: 8 * 1024 * 1024, exposeHeadRoutes: false });
  app.register(async (own) => {
    rawBody(own);
    own.get("/", (_request, reply) => reply.type("application/json").send(about));
    for (const path of ["/call", "/web", "/clock"]) {
      own.post(path, async (request, reply) => {
        const [status, body] = await called(path, request.body.toString());
        return reply.code(status).type("application/json").send(body);
      });
    }
    for (const path of Object.values(PATHS)) own.all(path, (request, reply) => web.handler(path)(request, reply));
  });
  await app.listen({ port: 0, host: "127.0.0.1" });
  return app.server.address().port;
}

const port = await { express, fastify }[name]();
const origin = `http://127.0.0.1:${port}`;
web = new Web(library, await import(`square-oauth/${name}`), origin);
about = JSON.stringify({
  base_url: origin,
  language: "javascript",
  runtime: `Node ${process.versions.node}`,
  loaded: `node-${name}.mjs under ${name} ${version}`,
  web: PATHS,
});
console.log(about);
process.stdin.on("end", () => process.exit(0)).resume();
