// A contender as an edge worker ships it: bundled, minified, with what is not JavaScript beside it.
import { build } from "esbuild";
import { builtinModules } from "node:module";

export async function bundle(entry, folder) {
  const options = {
    stdin: { contents: entry, resolveDir: folder },
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    conditions: ["workerd", "worker", "browser"],
    loader: { ".wasm": "copy" },
    assetNames: "[name]",
    outdir: "out",
    write: false,
    logLevel: "silent",
  };
  // Node's modules only where it does not go without them.
  const external = ["node:*", ...builtinModules];
  const alone = await build(options).catch(() => null);
  const { outputFiles } = alone ?? (await build({ ...options, external, logLevel: "error" }));
  const isWasm = (file) => file.path.endsWith(".wasm");
  return {
    script: outputFiles.find((file) => !isWasm(file)),
    wasm: outputFiles.filter(isWasm),
    needsNode: alone === null,
  };
}
