// Vercel's edge runtime compiles the module when it is built.

import module from "./square_oauth.wasm?module";

export const wasmModule = (): WebAssembly.Module => module;
