/** Query strings: style `form` with explode, and the hook by which other styles join in. */

/** What a parameter can hold. */
export type Scalar = string | number | bigint | boolean;

/** A parameter's value, or a function that writes its `name=value` pairs (see `style.ts`). */
export type QueryValue =
  | Scalar
  | readonly (Scalar | null)[]
  | ((name: string) => string[])
  | null
  | undefined;

/** The query behind its `?` (or `&`, where one has begun); empty where there is nothing to say. */
export function queryString(query: Readonly<Record<string, QueryValue>>, begun = false): string {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    typeof value === "function" ? value(name) : [value].flat().flatMap((each) => pair(name, each)),
  );
  return pairs.length > 0 ? (begun ? "&" : "?") + pairs.join("&") : "";
}

/** `name=value`, encoded; nothing for null and undefined, as RFC 6570 has it. */
export function pair(name: string, value: unknown): string[] {
  return value == null ? [] : [`${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`];
}

/** A value as one segment of a path. What would climb or vanish is refused. */
export function segment(value: Scalar): string {
  const text = String(value);
  if (/^\.{0,2}$/.test(text)) throw new TypeError(`"${text}" cannot stand in a path`);
  return encodeURIComponent(text);
}
