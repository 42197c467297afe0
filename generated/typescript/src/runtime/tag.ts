/** Tags of discriminated unions that this version of the SDK does not know. */

declare const brand: unique symbol;

/**
 * The tag of a union's unknown arm. At run time it is the string that the server sent: read it
 * with `String(event.type)`. It is no `string` to the compiler, because then no comparison with a
 * known tag could ever rule the unknown arm out.
 */
export interface UnknownTag {
  readonly [brand]: "UnknownTag";
  toString(): string;
}
