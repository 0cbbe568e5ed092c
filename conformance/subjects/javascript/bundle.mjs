// Bundles the subject as a deployment would, by the conditions of its host.

/** The bundle's text. The WebAssembly module stays outside, or becomes a global where a script imports nothing. */
export async function bundle(esbuild, conditions, entry, format) {
  const module = {
    name: "module",
    setup(build) {
      build.onResolve({ filter: /\.wasm(\?module)?$/ }, ({ path }) =>
        format === "esm" ? { path, external: true } : { path, namespace: "global" },
      );
      build.onLoad({ filter: /.*/, namespace: "global" }, ({ path }) => ({
        contents: `export default globalThis.squareOauthModules[${JSON.stringify(path)}];`,
      }));
    },
  };
  const result = await esbuild.build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format,
    conditions,
    target: "es2022",
    plugins: [module],
  });
  return result.outputFiles[0].text;
}
