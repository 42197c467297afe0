/** Exact decimals: strings that are known to be decimal numbers in plain notation. */

declare const brand: unique symbol;

/**
 * A decimal number as a string, never rounded: `"0.00000010"`. Made by `decimal()`. Read it with
 * the decimal library of your choice: `new Big(order.quantity)`.
 */
export type Decimal = string & { readonly [brand]: "Decimal" };

/** Numbers of decimal libraries (decimal.js, big.js, bignumber.js) write themselves plainly. */
export interface DecimalLike {
  toFixed(): string;
}

/**
 * Checks a decimal and gives it its type. Binary floating point is refused: it cannot say 0.1.
 *
 * @example
 * decimal("60000.10");
 * decimal(new Big("0.1").plus("0.2"));
 * decimal(0.1); // does not compile
 * @throws TypeError when the value is not a decimal number in plain notation.
 */
export function decimal(value: string | bigint | (DecimalLike & object)): Decimal {
  if (typeof value === "number") {
    throw new TypeError(`${value} is binary floating point; write it as a string`);
  }
  const text = typeof value === "object" ? value.toFixed() : String(value);
  if (!/^-?\d+(\.\d+)?$/.test(text)) throw new TypeError(`not a plain decimal: "${text}"`);
  return text as Decimal;
}
