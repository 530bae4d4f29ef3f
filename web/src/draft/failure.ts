/** What kept a save from coming about, by what the server said. */
import { Away, Refused } from "../api/client";
import type { Failure } from "./saver";

export function failure(error: unknown): Failure {
  if (error instanceof Away) return "away";
  if (!(error instanceof Refused)) return "failed";
  if (error.code === "unknown_base") return "unknown-base";
  if (error.status === 423) return "busy";
  if (error.status === 401) return "signed-out";
  return "failed";
}
