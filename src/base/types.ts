/** `^[A-Za-z0-9._-]{1,48}$`. */
export type Identifier = string;

/** 64 lowercase hex digits. */
export type Hex256 = string;
