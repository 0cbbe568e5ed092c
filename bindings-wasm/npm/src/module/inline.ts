// Where nothing but JavaScript is sure to arrive, the module is a text. It stands last in the bundle and on a
// line of its own: an error that is not caught prints the line it was thrown from.

import { base64 } from "square-oauth:base64";

declare const Buffer: { new (): never; from(text: string, encoding: string): Uint8Array<ArrayBuffer> } | undefined;

export function wasmModule(): WebAssembly.Module {
  // Ten times as quick, where there is one.
  if (typeof Buffer === "function") return new WebAssembly.Module(Buffer.from(base64, "base64"));
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) bytes[at] = text.charCodeAt(at);
  return new WebAssembly.Module(bytes);
}
