// Workers compile the module when the worker is uploaded.

import module from "./square_oauth.wasm";

export const wasmModule = (): WebAssembly.Module => module;
