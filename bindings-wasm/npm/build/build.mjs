// node build.mjs FOLDER: makes the npm package in FOLDER/package, out of what FOLDER holds: `src`, `tsconfig.json`,
// `glue`, `glue-web` and `glue-all` (what the bindgen made), `files` (what goes in as it is) and `node_modules`.
//
// One bundle for each way in which the WebAssembly module can be had (src/module), so that no user has a
// step to take.

import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, posix, resolve } from "node:path";
import { withPlaces } from "./order.mjs";
import { trimmed } from "./trim.mjs";

const folder = resolve(process.argv[2]);
const require = createRequire(join(folder, "package.json"));
const esbuild = require("esbuild");
const out = join(folder, "package");
const MODULES = {
  index: { glue: "glue", file: "square_oauth.wasm", optimize: smallest },
  web: { glue: "glue-web", file: "square_oauth_web.wasm", optimize: smallest },
  // For the bundles that carry it with them, which nobody downloads at a start: it is built for speed.
  all: { glue: "glue-all", file: "square_oauth_all.wasm", optimize: (from, to) => wasmOpt(from, to, "-O2") },
};

/** The bundles: file, format, where the module comes from, how requests are sent, and what is in it. */
export const BUNDLES = [
  ["workerd.js", "esm", "workerd", "fetch", "index"],
  ["workerd-web.js", "esm", "workerd", "fetch", "web"],
  ["edge-light.js", "esm", "edge-light", "fetch", "index"],
  ["edge-light-web.js", "esm", "edge-light", "fetch", "web"],
  ["all.mjs", "esm", "inline", "node", "all"],
  ["all.cjs", "cjs", "inline", "node", "all"],
  ["all-inline.mjs", "esm", "inline", "fetch", "all"],
  ["all-inline.cjs", "cjs", "inline", "fetch", "all"],
  ["browser.js", "esm", "browser", "fetch", "index"],
  ["browser-web.js", "esm", "browser", "fetch", "web"],
];

/** What a package's user imports: its source, and its place in the bundle of everything. */
const NAMED = [
  ["", "src/index.ts", undefined],
  ["-web", "src/web/index.ts", undefined],
  ["-express", "src/web/express.ts", "express"],
  ["-fastify", "src/web/fastify.ts", "fastify"],
];

const WASM_OPT = [
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

function wasmOpt(from, to, ...words) {
  tool("wasm-opt", ...words, ...WASM_OPT, from, "-o", to);
}

/** Once more after the order is known: what resembles each other is then made more alike. */
function smallest(from, to) {
  wasmOpt(from, to, "-Oz");
  writeFileSync(to, withPlaces(readFileSync(to)));
  wasmOpt(to, to, "-Oz", "--reorder-functions-by-name");
}

/** Our own names for what differs from entry to entry. */
function resolver(module, platform, wasm) {
  const files = {
    "square-oauth:host": "src/host.ts",
    "square-oauth:glue": `${wasm.glue}/square_oauth.js`,
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
      build.onLoad({ filter: /square_oauth\.js$/ }, ({ path }) => ({ contents: trimmed(readFileSync(path, "utf8")) }));
      build.onResolve({ filter: /\.wasm(\?module)?$/ }, ({ path }) => ({ path: path.replace(MODULES.index.file, wasm.file), external: true }));
    },
  };
}

/** The text of the module goes to the end, onto a line of its own: an uncaught error prints its line. */
function withModule(text, base64) {
  const parts = text.split(`"${PLACEHOLDER}"`);
  if (parts.length !== 2) throw new Error("the place of the module is not there once");
  return `${parts[0]}squareOauthModule()${parts[1]}function squareOauthModule(){return(\n"${base64}"\n)}\n`;
}

const SOURCES = { index: "src/index.ts", web: "src/web/index.ts", all: "src/all.ts" };

async function esbuilt(source, format, plugins, keepsNames = false) {
  const result = await esbuild.build({
    absWorkingDir: folder,
    entryPoints: [source],
    bundle: true,
    minifyWhitespace: true,
    minifySyntax: true,
    minifyIdentifiers: !keepsNames,
    // An error that is not caught prints the line it was thrown from.
    lineLimit: keepsNames ? 160 : 0,
    format,
    platform: "neutral",
    target: "es2022",
    write: false,
    outdir: out,
    metafile: true,
    legalComments: "none",
    // The glue names the module of its imports once for each kind of them.
    logOverride: { "duplicate-object-key": "silent" },
    plugins,
  });
  return { text: result.outputFiles[0].text, names: Object.values(result.metafile.outputs)[0].exports };
}

async function bundle([file, format, module, platform, what]) {
  const wasm = MODULES[what];
  // Where no size matters, stack traces can be read, and Bun knows what a class is called.
  const { text } = await esbuilt(SOURCES[what], format, [resolver(module, platform, wasm)], what === "all");
  const base64 = () => readFileSync(join(folder, wasm.glue, wasm.file)).toString("base64");
  writeFileSync(join(out, file), module === "inline" ? withModule(text, base64()) : text);
}

/** The entries of the bundles of everything: names, and nothing else. */
async function named([suffix, source, from]) {
  const { names } = await esbuilt(source, "esm", [resolver("inline", "fetch", MODULES.web)]);
  for (const [prefix, all] of [["node", "all"], ["inline", "all-inline"]]) {
    const list = names.join(", ");
    const esm = from === undefined
      ? `export { ${list} } from "./${all}.mjs";\n`
      : `import { ${from} } from "./${all}.mjs";\nexport const { ${list} } = ${from};\n`;
    writeFileSync(join(out, `${prefix}${suffix}.mjs`), esm);
    const lines = names.map((name) => `exports.${name} = all.${name};\n`).join("");
    const whole = `require("./${all}.cjs")${from === undefined ? "" : `.${from}`}`;
    writeFileSync(join(out, `${prefix}${suffix}.cjs`), `"use strict";\nconst all = ${whole};\n${lines}`);
  }
}

function reachable(folder, name, found = new Set()) {
  if (found.has(name)) return found;
  found.add(name);
  const text = readFileSync(join(folder, name), "utf8");
  for (const [, other] of text.matchAll(/(?:from\s+|import\()"(\.\.?\/[^"]+)\.js"/g)) {
    reachable(folder, posix.join(posix.dirname(name), `${other}.d.ts`), found);
  }
  return found;
}

function types() {
  tool("tsc", "-p", folder, "--outDir", join(out, "types"));
  const folderOfTypes = join(out, "types");
  const reached = new Set();
  for (const [, source] of NAMED) reachable(folderOfTypes, source.replace(/^src\/(.*)\.ts$/, "$1.d.ts"), reached);
  for (const name of readdirSync(folderOfTypes, { recursive: true })) {
    // What no user can come to is not theirs.
    const isWanted = [...reached].some((one) => one === name || one.startsWith(`${name}/`));
    if (!isWanted) rmSync(join(folderOfTypes, name), { recursive: true, force: true });
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
for (const [what, { glue, file, optimize }] of Object.entries(MODULES)) {
  optimize(join(folder, glue, "square_oauth_bg.wasm"), join(folder, glue, file));
  if (what !== "all") cpSync(join(folder, glue, file), join(out, file));
}
for (const one of BUNDLES) await bundle(one);
for (const one of NAMED) await named(one);
types();
cpSync(join(folder, "files"), out, { recursive: true });
