/** Results held against the contract as they arrive, for who asks for it. */

import { SdkError } from "./errors.js";
import { issuesOf, type Shape, type ShapeIssue } from "./validate.js";

/** The server did what was asked, but its answer is not what the contract says. */
export class ResultError extends SdkError {
  /** The answer as it was read. */
  readonly result: unknown;
  /** Everything that is wrong with it. */
  readonly issues: readonly ShapeIssue[];

  constructor(operation: string, result: unknown, issues: readonly ShapeIssue[]) {
    const said = issues.map(({ pointer, message }) => `${pointer || "the result"}: ${message}`);
    super(`${operation}: ${said.join("; ")}`);
    this.result = result;
    this.issues = issues;
    this.outcome = "executed";
  }

  override get name(): string {
    return "ResultError";
  }
}

/** Checks results by operation id; results without a shape (streams, files) pass. */
export function checker(
  shapes: Readonly<Record<string, Shape>>,
): (operation: string, result: unknown) => void {
  return (operation, result) => {
    if (!Object.hasOwn(shapes, operation) || result === undefined) return;
    const issues = issuesOf({ shape: shapes[operation] ?? "unknown" }, result, false);
    if (issues.length > 0) throw new ResultError(operation, result, issues);
  };
}
