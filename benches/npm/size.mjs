// `size.mjs CONTENDER`: bytes of its bundle, of that after gzip -9, of its WebAssembly after gzip -9,
// and whether it needs Node's modules.
import { gzipSync } from "node:zlib";
import { bundle } from "./bundle.mjs";

const [name] = process.argv.slice(2);
const packed = (file) => gzipSync(file.contents, { level: 9 }).length;
const entry = `export * from "./contenders/${name}.mjs";`;
const { script, wasm, needsNode } = await bundle(entry, import.meta.dirname);
const wasmPacked = wasm.reduce((sum, file) => sum + packed(file), 0);
console.log(script.contents.length, packed(script), wasmPacked, Number(needsNode));
