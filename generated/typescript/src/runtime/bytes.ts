/** Base64 in its two alphabets, and UTF-8. */

/** Octets that own their memory, as WebCrypto wants them. */
export type Bytes = Uint8Array<ArrayBuffer>;

/** Base64 with padding (RFC 4648 section 4). */
export function toBase64(bytes: ArrayBuffer | Bytes): string {
  return btoa(String.fromCharCode(...new Uint8Array(bytes)));
}

/** Reads base64 and base64url, padded or not, line breaks ignored. */
export function fromBase64(text: string): Bytes {
  const plain = text.replace(/\s/g, "").replace(/-/g, "+").replace(/_/g, "/");
  return Uint8Array.from(atob(plain), (char) => char.charCodeAt(0));
}

/** UTF-8. */
export function utf8(text: string): Bytes {
  return new TextEncoder().encode(text);
}
