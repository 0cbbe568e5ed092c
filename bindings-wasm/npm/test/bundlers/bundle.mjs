// node bundle.mjs BUNDLER TOOLS: bundles program.js into a folder with the bundler's name; TOOLS is the folder whose
// node_modules hold the bundlers.

import { mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [, , name, tools] = process.argv;
const require = createRequire(join(resolve(tools), "package.json"));
const load = (tool) => import(pathToFileURL(require.resolve(tool)).href);
const outfile = `${name}/program.js`;
const common = { entryPoints: ["program.js"], bundle: true, platform: "node", outfile };

const BUNDLERS = {
  esbuild: async () => (await load("esbuild")).build({ ...common, format: "esm" }),
  "esbuild-cjs": async () => (await load("esbuild")).build({ ...common, format: "cjs" }),
  async vite() {
    const { build } = await import(pathToFileURL(join(resolve(tools), "node_modules/vite/dist/node/index.js")).href);
    const rollupOptions = { input: "program.js", output: { entryFileNames: "program.js" } };
    await build({ logLevel: "error", ssr: { noExternal: true }, build: { ssr: true, outDir: name, rollupOptions } });
  },
  async rollup() {
    const { rollup } = await import(pathToFileURL(join(resolve(tools), "node_modules/rollup/dist/es/rollup.js")).href);
    const { default: nodeResolve } = await load("@rollup/plugin-node-resolve");
    const { default: commonjs } = await load("@rollup/plugin-commonjs");
    const bundle = await rollup({ input: "program.js", plugins: [nodeResolve({ exportConditions: ["node"] }), commonjs()] });
    await bundle.write({ file: outfile, format: "es" });
  },
  async webpack() {
    const { default: webpack } = await load("webpack");
    const output = { path: resolve(name), filename: "program.js" };
    const options = { mode: "production", target: "node20", entry: "./program.js", output, experiments: { outputModule: false } };
    const stats = await new Promise((done, failed) => webpack(options, (error, stats) => (error ? failed(error) : done(stats))));
    if (stats.hasErrors()) throw new Error(stats.toString());
  },
};

mkdirSync(name, { recursive: true });
await BUNDLERS[name]();
const type = ["esbuild-cjs", "webpack"].includes(name) ? "commonjs" : "module";
writeFileSync(`${name}/package.json`, JSON.stringify({ type }));
