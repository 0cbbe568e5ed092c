// A browser, which a secret must never reach.

import { withoutCore } from "../errors.js";

export function wasmModule(): WebAssembly.Module {
  throw withoutCore(
    "runtime_unsupported",
    "square-oauth is for servers: in a browser everybody could read your application secret. Call it from your backend, or set your bundler to server conditions",
  );
}
