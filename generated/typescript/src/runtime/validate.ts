/**
 * Validation at run time, for who wants it: shapes are plain data (so that bundlers drop those
 * that are not used), this module reads them.
 */

/** Scalars by name. What the name asks of a string beyond being one stands in `FORMATS`. */
export type ScalarShape =
  | "string"
  | "boolean"
  | "integer"
  | "int64"
  | "number"
  | "decimal"
  | "decimal-number"
  | "instant"
  | "date"
  | "uuid"
  | "binary"
  | "null"
  | "unknown"
  | "never";

/** What a value must look like. A function stands for a shape that is declared elsewhere. */
export type Shape =
  | ScalarShape
  | (() => Shape)
  | { readonly oneOf: readonly (string | number | bigint | boolean | null)[] }
  | { readonly list: Shape; readonly min?: number; readonly max?: number }
  | { readonly map: Shape }
  | { readonly nullable: Shape }
  | { readonly anyOf: readonly Shape[] }
  | {
      readonly tag: string;
      readonly arms: Readonly<Record<string, Shape>>;
      /** What no arm is for: other tags, or none. */
      readonly others?: Shape;
      /** The tag may be absent; nothing is known of such a value. */
      readonly optional?: boolean;
    }
  | {
      readonly required: Readonly<Record<string, Shape>>;
      readonly optional: Readonly<Record<string, Shape>>;
      readonly rest: Shape;
    }
  | {
      readonly scalar: ScalarShape;
      readonly minLength?: number;
      readonly maxLength?: number;
      readonly pattern?: string;
      readonly minimum?: number;
      readonly maximum?: number;
    };

declare const brand: unique symbol;

/** The shape of a type of the contract. */
export interface Validator<T> {
  readonly shape: Shape;
  readonly [brand]?: T;
}

/** One thing that is wrong with a value, and where (RFC 6901). */
export interface ShapeIssue {
  readonly pointer: string;
  readonly message: string;
}

/** A value is not what it was said to be. */
export class ShapeError extends TypeError {
  readonly issues: readonly ShapeIssue[];

  constructor(issues: readonly ShapeIssue[]) {
    super(issues.map(({ pointer, message }) => `${pointer || "the value"}: ${message}`).join("; "));
    this.issues = issues;
  }

  override get name(): string {
    return "ShapeError";
  }
}

/**
 * Everything that is wrong with a value; an empty list where nothing is. What is not `strict`
 * looks at kinds, required members and formats only: values of enums, bounds and patterns pass.
 */
export function issuesOf<T>(validator: Validator<T>, value: unknown, strict = true): ShapeIssue[] {
  const issues: ShapeIssue[] = [];
  check(validator.shape, value, "", { issues, strict });
  return issues;
}

/** Whether a value is of the type. */
export function isValid<T>(validator: Validator<T>, value: unknown): value is T {
  return issuesOf(validator, value).length === 0;
}

/**
 * The value, known to be of the type.
 *
 * @throws ShapeError naming everything that is wrong.
 */
export function valid<T>(validator: Validator<T>, value: unknown): T {
  const issues = issuesOf(validator, value);
  if (issues.length > 0) throw new ShapeError(issues);
  return value as T;
}

const FORMATS: Partial<Record<ScalarShape, RegExp>> = {
  decimal: /^-?\d+(\.\d+)?$/,
  instant: /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/,
  date: /^\d{4}-\d\d-\d\d$/,
  uuid: /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i,
};

interface Found {
  readonly issues: ShapeIssue[];
  readonly strict: boolean;
}

function check(shape: Shape, value: unknown, at: string, found: Found): void {
  const { issues, strict } = found;
  const wrong = (message: string): void => void issues.push({ pointer: at, message });
  if (typeof shape === "function") return check(shape(), value, at, found);
  if (typeof shape === "string") {
    if (!isScalar(shape, value)) wrong(`must be ${shape}`);
  } else if ("scalar" in shape) {
    if (!isScalar(shape.scalar, value)) wrong(`must be ${shape.scalar}`);
    else if (strict) checkBounds(shape, value, wrong);
  } else if ("oneOf" in shape) {
    const fits = shape.oneOf.some((each) => each === value || (!strict && alike(each, value)));
    if (!fits) wrong(`must be one of ${shape.oneOf.join()}`);
  } else if ("nullable" in shape) {
    if (value !== null) check(shape.nullable, value, at, found);
  } else if ("list" in shape) {
    if (!Array.isArray(value)) return wrong("must be a list");
    if (strict && value.length < (shape.min ?? 0)) wrong(`must have at least ${shape.min} items`);
    if (strict && value.length > (shape.max ?? Infinity)) wrong(`must have at most ${shape.max} items`);
    value.forEach((each, index) => check(shape.list, each, `${at}/${index}`, found));
  } else if ("anyOf" in shape) {
    const fits = shape.anyOf.some((each) => {
      const tried: ShapeIssue[] = [];
      check(each, value, at, { issues: tried, strict });
      return tried.length === 0;
    });
    if (!fits) wrong("fits none of the alternatives");
  } else {
    checkObject(shape, value, at, found);
  }
}

function checkObject(
  shape: Extract<Shape, { map: Shape } | { tag: string } | { rest: Shape }>,
  value: unknown,
  at: string,
  found: Found,
): void {
  const { issues, strict } = found;
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    issues.push({ pointer: at, message: "must be an object" });
    return;
  }
  if ("tag" in shape) {
    const tag: unknown = Object.hasOwn(value, shape.tag) ? Reflect.get(value, shape.tag) : null;
    const known = typeof tag === "string" && Object.hasOwn(shape.arms, tag);
    const arm = known ? shape.arms[tag] : shape.others;
    if (arm !== undefined) return check(arm, value, at, found);
    if (typeof tag === "string") return; // of a later version
    if (tag === null && shape.optional && !strict) return;
    issues.push({ pointer: at, message: `needs its tag ${shape.tag}` });
    return;
  }
  const { required, optional, rest } =
    "map" in shape ? { required: {}, optional: {}, rest: shape.map } : shape;
  for (const name of Object.keys(required)) {
    if (!Object.hasOwn(value, name)) issues.push({ pointer: at, message: `needs ${name}` });
  }
  for (const [name, member] of Object.entries(value)) {
    const known = [required, optional].find((each) => Object.hasOwn(each, name));
    if (known === undefined && rest === "never" && !strict) continue; // of a later version
    const inner = `${at}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
    check(known?.[name] ?? rest, member, inner, found);
  }
}

function checkBounds(
  shape: Extract<Shape, { scalar: ScalarShape }>,
  value: unknown,
  wrong: (message: string) => void,
): void {
  if (typeof value === "string") {
    const length = [...value].length;
    if (length < (shape.minLength ?? 0)) wrong(`must have at least ${shape.minLength} characters`);
    if (length > (shape.maxLength ?? Infinity)) wrong(`must have at most ${shape.maxLength} characters`);
    if (shape.pattern !== undefined && !matches(shape.pattern, value)) {
      wrong(`must match ${shape.pattern}`);
    }
  } else if (typeof value === "number" || typeof value === "bigint") {
    if (value < (shape.minimum ?? -Infinity)) wrong(`must be at least ${shape.minimum}`);
    if (value > (shape.maximum ?? Infinity)) wrong(`must be at most ${shape.maximum}`);
  }
}

/** Whether two scalars are of one kind: a text, a number, a truth value. */
function alike(one: unknown, other: unknown): boolean {
  return one !== null && typeof one === typeof other;
}

function matches(pattern: string, value: string): boolean {
  try {
    return new RegExp(pattern, "u").test(value);
  } catch {
    return true; // the contract's pattern is none in this language: nothing can be said
  }
}

function isScalar(shape: ScalarShape, value: unknown): boolean {
  switch (shape) {
    case "unknown":
      return true;
    case "never":
      return false;
    case "null":
      return value === null;
    case "boolean":
      return typeof value === "boolean";
    case "number":
      return typeof value === "number" && Number.isFinite(value);
    case "integer":
      return Number.isSafeInteger(value);
    case "int64":
      return typeof value === "bigint" || Number.isSafeInteger(value);
    case "decimal-number":
      return isScalar("number", value) || isScalar("decimal", value);
    case "binary":
      return value instanceof Blob;
    default:
      return typeof value === "string" && (FORMATS[shape]?.test(value) ?? true);
  }
}
