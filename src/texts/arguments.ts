/**
 * Arguments of an ICU message, read from its text by the compiler. `{name}` takes a text or a
 * number, `{count, plural, …}` a number, `{state, select, …}` a word or a boolean. Others are not
 * used: numbers and dates come in written (`numbers.ts`, `dates.ts`).
 */
export type Arguments<Pattern extends string> = string extends Pattern
  ? Values
  : Flat<InMessage<Pattern, unknown, []>>;

/** What a message may be given. */
export type Value = string | number | boolean;
export type Values = Readonly<Record<string, Value>>;

type Flat<Found> = { readonly [Name in keyof Found]: Found[Name] };

/** Reads text up to the next brace. `Depth` has one member for each `{` of a branch that is open. */
type InMessage<
  Text extends string,
  Found,
  Depth extends unknown[],
> = Text extends `${infer Before}{${infer Rest}`
  ? Before extends `${string}}${string}`
    ? AfterBranch<Text, Found, Depth>
    : InArgument<Rest, Found, Depth>
  : Text extends `${string}}${string}`
    ? AfterBranch<Text, Found, Depth>
    : Found;

type AfterBranch<Text extends string, Found, Depth extends unknown[]> = Depth extends [
  unknown,
  ...infer Outer,
]
  ? Text extends `${string}}${infer Rest}`
    ? InBranches<Rest, Found, Outer>
    : never
  : never;

/** Reads what follows an opening brace: a name alone, or a name, a type and its branches. */
type InArgument<
  Text extends string,
  Found,
  Depth extends unknown[],
> = Text extends `${infer Head}}${infer Rest}`
  ? Head extends `${infer Name},${string}`
    ? Text extends `${string},${infer Typed}`
      ? Typed extends ` plural,${infer Branches}`
        ? InBranches<Branches, Found & { [K in Name]: number }, Depth>
        : Typed extends ` select,${infer Branches}`
          ? InBranches<Branches, Found & { [K in Name]: string | boolean }, Depth>
          : never
      : never
    : InMessage<Rest, Found & { [K in Head]: string | number }, Depth>
  : never;

/** Reads `one {…} other {…}`, up to the brace that ends the argument. */
type InBranches<
  Text extends string,
  Found,
  Depth extends unknown[],
> = Text extends `${infer Before}{${infer Rest}`
  ? Before extends `${string}}${string}`
    ? AfterArgument<Text, Found, Depth>
    : InMessage<Rest, Found, [unknown, ...Depth]>
  : AfterArgument<Text, Found, Depth>;

type AfterArgument<
  Text extends string,
  Found,
  Depth extends unknown[],
> = Text extends `${string}}${infer Rest}` ? InMessage<Rest, Found, Depth> : never;
