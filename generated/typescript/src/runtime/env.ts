/** Environment variables, where there are any: Node, Deno, Bun. */

/** The environment; empty in browsers and workers. */
export function environment(): Readonly<Record<string, string | undefined>> {
  const { process } = globalThis as { process?: { env?: Record<string, string | undefined> } };
  return process?.env ?? {};
}
