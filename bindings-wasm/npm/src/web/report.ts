// Who hears of what did not go well.

import type { ErrorReport } from "./options.js";
import type { Served } from "./serve.js";

export type OnError<R> = ((error: unknown, report: ErrorReport<R>) => unknown) | undefined;

/** Tells of an error, if there was one. The answer goes out whatever becomes of that. */
export async function report<R>(onError: OnError<R>, request: R, { outcome, error }: Served): Promise<void> {
  if (error === undefined && outcome !== "failed") return;
  try {
    if (onError !== undefined) await onError(error, { request, outcome });
    else if (outcome === "failed") console.error("square-oauth:", error);
  } catch (failure) {
    console.error("square-oauth: onError failed:", failure);
  }
}
