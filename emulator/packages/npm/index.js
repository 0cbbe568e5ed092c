// Where the program is. One folder for each platform that there is a binary for; today that is one.
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const HERE = platform();

export const binary = fileURLToPath(new URL(`./${HERE}/square-oauth-emulator`, import.meta.url));

if (!existsSync(binary)) {
  throw new Error(
    `square-oauth-emulator has no binary for ${HERE}, only for linux-x64-gnu. ` +
      "It can be built from source with Rust: cargo install square-oauth-emulator",
  );
}

function platform() {
  const name = `${process.platform}-${process.arch}`;
  if (process.platform !== "linux") return name;
  // Only a Node that was built for glibc knows a version of it; the others are built for musl.
  return process.report.getReport().header.glibcVersionRuntime ? `${name}-gnu` : `${name}-musl`;
}
