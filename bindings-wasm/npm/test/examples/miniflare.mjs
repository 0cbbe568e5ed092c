// node miniflare.mjs EXAMPLE TOOLS: runs a worker as wrangler would, by its own wrangler.toml, with settings out of the
// environment. TOOLS is the folder whose node_modules hold miniflare and esbuild.

import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";

const [example, tools] = process.argv.slice(2);
const require = createRequire(join(resolve(tools), "package.json"));
const { Miniflare } = require("miniflare");
const esbuild = require("esbuild");
const { env } = process;

const text = readFileSync(join(example, "wrangler.toml"), "utf8");
const setting = (name) => new RegExp(`^${name} = "([^"]+)"`, "m").exec(text)[1];

const built = await esbuild.build({
  entryPoints: [join(example, setting("main"))],
  bundle: true,
  write: false,
  format: "esm",
  conditions: ["workerd", "worker", "browser"],
  target: "es2022",
  external: ["*.wasm"],
});
// The package, wherever it was installed above the example.
const found = createRequire(join(resolve(example), "package.json")).resolve("square-oauth/package.json");
const modules = readdirSync(dirname(found)).filter((name) => name.endsWith(".wasm"));
const [{ text: contents }] = built.outputFiles;
// One module is enough, and one is all that a worker should have to carry.
const used = modules.filter((name) => contents.includes(name));
if (used.length !== 1) throw new Error(`the worker takes ${used.length} modules`);

const names = ["SQUARE_ENVIRONMENT", "SQUARE_APPLICATION_ID", "SQUARE_APPLICATION_SECRET", "SQUARE_WEBHOOK_SIGNATURE_KEY", "PUBLIC_URL"];
const miniflare = new Miniflare({
  host: "127.0.0.1",
  port: Number(env.PORT),
  compatibilityDate: setting("compatibility_date"),
  bindings: {
    ...Object.fromEntries(names.map((name) => [name, env[name]])),
    TOKENS_KEY: Buffer.alloc(32, 7).toString("base64"),
  },
  d1Databases: { [setting("binding")]: setting("database_id") },
  modules: [
    { type: "ESModule", path: "worker.js", contents },
    ...used.map((name) => ({ type: "CompiledWasm", path: name, contents: readFileSync(join(dirname(found), name)) })),
  ],
});
await miniflare.ready;
const database = await miniflare.getD1Database(setting("binding"));
for (const statement of readFileSync(join(example, "schema.sql"), "utf8").split("\n").filter(Boolean)) await database.exec(statement);
process.once("SIGTERM", async () => {
  await miniflare.dispose();
  process.exit(0);
});
