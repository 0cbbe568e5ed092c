// node build.mjs FOLDER: makes the npm package in FOLDER/package, out of what FOLDER holds: `src`, `tsconfig.json`,
// `glue` (what the bindgen made), `files` (what goes in as it is) and `node_modules`.
//
// One bundle for each way in which the WebAssembly module can be had (src/module), so that no user has a
// step to take.

import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";

const folder = resolve(process.argv[2]);
const require = createRequire(join(folder, "package.json"));
const esbuild = require("esbuild");
const out = join(folder, "package");
const MODULE = "square_oauth.wasm";

/** The entries: file, format, where the module comes from, how requests are sent. */
export const ENTRIES = [
  ["workerd.js", "esm", "workerd", "fetch"],
  ["edge-light.js", "esm", "edge-light", "fetch"],
  ["node.mjs", "esm", "inline", "node"],
  ["node.cjs", "cjs", "inline", "node"],
  ["inline.mjs", "esm", "inline", "fetch"],
  ["inline.cjs", "cjs", "inline", "fetch"],
  ["browser.js", "esm", "browser", "fetch"],
];

const WASM_OPT = [
  "-Oz",
  "--enable-reference-types",
  "--enable-bulk-memory",
  "--enable-bulk-memory-opt",
  "--enable-multivalue",
  "--enable-mutable-globals",
  "--enable-nontrapping-float-to-int",
  "--enable-sign-ext",
  "--strip-debug",
  "--strip-producers",
  "--strip-target-features",
];

const PLACEHOLDER = "square-oauth:base64";

function tool(name, ...words) {
  execFileSync(process.execPath, [join(folder, "node_modules/.bin", name), ...words], { cwd: folder, stdio: "inherit" });
}

/** Our own names for what differs from entry to entry. */
function resolver(module, platform) {
  const files = {
    "square-oauth:host": "src/host.ts",
    "square-oauth:glue": "glue/square_oauth.js",
    "square-oauth:module": `src/module/${module}.ts`,
    "square-oauth:platform": `src/platform/${platform}.ts`,
  };
  return {
    name: "square-oauth",
    setup(build) {
      build.onResolve({ filter: /^square-oauth:/ }, ({ path }) =>
        path === PLACEHOLDER ? { path, namespace: "base64" } : { path: join(folder, files[path]) },
      );
      build.onLoad({ filter: /.*/, namespace: "base64" }, () => ({ contents: `export const base64 = "${PLACEHOLDER}";` }));
      build.onLoad({ filter: /square_oauth\.js$/ }, ({ path }) => ({ contents: anyRealm(readFileSync(path, "utf8")) }));
      build.onResolve({ filter: /\.wasm(\?module)?$/ }, ({ path }) => ({ path, external: true }));
    },
  };
}

/** The glue would compile a module that another realm has compiled, which no realm can. */
function anyRealm(glue) {
  const check = /if \(!\(module instanceof WebAssembly\.Module\)\) \{\s*module = new WebAssembly\.Module\(module\);\s*\}/;
  if (!check.test(glue)) throw new Error("the glue does not check its module in the way it did");
  return glue.replace(check, "");
}

/** The text of the module goes to the end, onto a line of its own: an uncaught error prints its line. */
function withModule(text, base64) {
  const parts = text.split(`"${PLACEHOLDER}"`);
  if (parts.length !== 2) throw new Error("the place of the module is not there once");
  return `${parts[0]}squareOauthModule()${parts[1]}function squareOauthModule(){return(\n"${base64}"\n)}\n`;
}

async function bundle([file, format, module, platform], base64) {
  const isInline = module === "inline";
  const result = await esbuild.build({
    absWorkingDir: folder,
    entryPoints: ["src/index.ts"],
    bundle: true,
    minify: true,
    format,
    platform: "neutral",
    target: "es2022",
    write: false,
    legalComments: "none",
    // The glue names the module of its imports once for each kind of them.
    logOverride: { "duplicate-object-key": "silent" },
    plugins: [resolver(module, platform)],
  });
  const [{ text }] = result.outputFiles;
  writeFileSync(join(out, file), isInline ? withModule(text, base64) : text);
}

function reachable(folder, name, found = new Set()) {
  if (found.has(name)) return found;
  found.add(name);
  const text = readFileSync(join(folder, name), "utf8");
  for (const [, other] of text.matchAll(/(?:from\s+|import\()"\.\/([^"]+)\.js"/g)) reachable(folder, `${other}.d.ts`, found);
  return found;
}

function types() {
  tool("tsc", "-p", folder, "--outDir", join(out, "types"));
  const folderOfTypes = join(out, "types");
  const reached = reachable(folderOfTypes, "index.d.ts");
  for (const name of readdirSync(folderOfTypes, { recursive: true })) {
    // What no user can come to is not theirs.
    if (!reached.has(name)) rmSync(join(folderOfTypes, name), { recursive: true, force: true });
  }
  for (const name of reached) {
    const text = readFileSync(join(folderOfTypes, name), "utf8");
    if (text.includes('"square-oauth:')) throw new Error(`${name} names what only the build knows`);
    // The same for `require`, which looks at the names of files.
    const commonjs = text.replaceAll(/(from\s+"\.[^"]*|import\("\.[^"]*)\.js"/g, '$1.cjs"');
    writeFileSync(join(folderOfTypes, name.replace(/\.d\.ts$/, ".d.cts")), commonjs);
  }
}

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
tool("wasm-opt", ...WASM_OPT, "glue/square_oauth_bg.wasm", "-o", join(out, MODULE));
const base64 = readFileSync(join(out, MODULE)).toString("base64");
for (const entry of ENTRIES) await bundle(entry, base64);
types();
cpSync(join(folder, "files"), out, { recursive: true });
