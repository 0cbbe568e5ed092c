// What the build puts in the place of these names.

declare module "square-oauth:module" {
  export function wasmModule(): WebAssembly.Module;
}
declare module "square-oauth:platform" {
  export const platformTransport: (agent: object | undefined) => import("./host.js").Transport;
}
declare module "square-oauth:base64" {
  export const base64: string;
}
declare module "*.wasm" {
  const module: WebAssembly.Module;
  export default module;
}
declare module "*.wasm?module" {
  const module: WebAssembly.Module;
  export default module;
}
