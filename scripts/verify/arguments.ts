import { parseArgs } from 'node:util';
import { checkInstant } from '../../src/base/parse-times.ts';
import { Refusal } from './refusal.ts';

export interface Arguments {
  /** A path, an http(s) address, or `-`. */
  readonly record: string | undefined;
  readonly entry: string | undefined;
  readonly receipt: string | undefined;
  readonly certificate: string | undefined;
  /** Of an abuse report: a path, an address, or `-`. */
  readonly evidence: string | undefined;
  /** Of a JWKS: a path or an address. */
  readonly keys: string | undefined;
  readonly register: string | undefined;
  /** At most two. */
  readonly checkpoints: readonly string[];
  /** The name that heads must have. */
  readonly origin: string | undefined;
  /** Whose history in the register is asked for. */
  readonly draw: string | undefined;
  /** Proofs of the register, as its API gives them; at most ten. */
  readonly proofs: readonly string[];
  /** One entry of the register, for proofs of inclusion. */
  readonly leaf: string | undefined;
  /** Records of one prefecture that are compared with each other, instead of a record. */
  readonly series: readonly string[] | undefined;
  /** The clock, `YYYY-MM-DDTHH:MM:SSZ`; undefined: that of this machine. */
  readonly now: string | undefined;
}

const usage =
  'usage: npm run --silent verify -- RECORD.ndjson[.gz] | URL | - [options] (see --help)';

/** What `--help` prints. */
export const help = `usage: npm run --silent verify -- [RECORD] [options]

RECORD is the record of a draw of lottery/v1 or v2, and says of which: a file, an http(s) address, or - for standard input; packed with gzip
or not. Everything in it is recomputed: roots, entropy, seed, ranking, winners, seats, events.

  --entry ID           also tells the story of one entry: tickets, rank, slot or why none, events
  --receipt FILE       also checks that the entry of a receipt (signed text or PDF) is in the record,
                       unchanged
  --certificate FILE   checks a certificate of participation, signed text or PDF; needs --keys; with
                       RECORD also against it
  --evidence FILE      checks the evidence file of an abuse report; needs --keys
  --keys FILE|URL      public keys of the service (JWKS, GET /v1/keys), for signatures
  --register FILE|URL  entries of the public register, one a line; with RECORD also against it
  --checkpoint FILE    signed head of the register; twice: are the two consistent? Of two sizes they need
                       --register, or a --proof of register/consistency between them
  --origin NAME        what the register is called: a head of another name is refused
  --proof FILE|URL     answer of register/inclusion or register/consistency, also against the heads; or of
                       entries/ID/draws/DRAW, also against RECORD or the register
  --leaf FILE          the entry of the register that a proof of inclusion speaks of
  --draw ID            also tells what the register says of a draw; of a void one, too; needs --register
  --series FILE…       verifies the records of one prefecture, and that what entries have missed, are owed and
                       rest from follows from draw to draw (lottery/v2 §9); with --register also by its leaves
  --now INSTANT        warns of events after this instant (YYYY-MM-DDTHH:MM:SSZ), and of draws of the register that ought to
                       have a result by then, instead of by the clock
                       of this machine; records of lottery/v2 only
  --help

Exit codes: 0 verified; 1 something differs, one line says what and where; 2 malformed, unreadable
or wrong usage. Large records are streamed: a million entries need less than 1 GiB of memory.
`;

/** Reads the command line; undefined if it asks for help. @throws Refusal */
export function readArguments(args: readonly string[]): Arguments | undefined {
  const { values, positionals } = parse(args);
  if (values.help) return undefined;
  if (values.series) return readSeries(positionals, values);
  const [record, ...others] = positionals;
  const { entry, receipt, certificate, evidence, keys, register, draw, leaf, now, origin } = values;
  const { checkpoint: checkpoints = [], proof: proofs = [] } = values;
  const given = [record, certificate, evidence, register, ...checkpoints, ...proofs].filter(
    (text) => text !== undefined,
  );
  if (others.length > 0 || given.length === 0) throw new Refusal(2, usage);
  if ([...given, entry, receipt, keys, draw, leaf, origin].includes(''))
    throw new Refusal(2, usage);
  if (now !== undefined) checkNow(now);
  if (checkpoints.length > 2) throw new Refusal(2, '--checkpoint can be given once or twice');
  if (origin !== undefined && checkpoints.length === 0) {
    throw new Refusal(2, '--origin needs --checkpoint');
  }
  if (proofs.length > 10) throw new Refusal(2, '--proof can be given ten times');
  if (draw !== undefined && register === undefined) {
    throw new Refusal(2, '--draw needs --register');
  }
  if (leaf !== undefined && proofs.length === 0) throw new Refusal(2, '--leaf needs --proof');
  if ((entry ?? receipt) !== undefined && record === undefined) {
    throw new Refusal(2, '--entry and --receipt need a RECORD');
  }
  if (certificate !== undefined && keys === undefined) {
    throw new Refusal(2, '--certificate needs --keys');
  }
  if (evidence !== undefined && keys === undefined) {
    throw new Refusal(2, '--evidence needs --keys');
  }
  const asked = {
    record,
    entry,
    receipt,
    certificate,
    evidence,
    keys,
    register,
    draw,
    leaf,
    now,
    origin,
  };
  return { ...asked, checkpoints, proofs, series: undefined };
}

/** Records are compared with each other, or one with everything else: both at once is too much. */
function readSeries(
  series: readonly string[],
  { series: _, register, now, ...others }: ReturnType<typeof parse>['values'],
): Arguments {
  if (series.length === 0 || [...series, register].includes('')) throw new Refusal(2, usage);
  if (series.includes('-')) throw new Refusal(2, '--series needs files: they are read twice');
  if (Object.values(others).some((value) => value !== undefined)) {
    throw new Refusal(2, '--series goes with --register and --now only');
  }
  if (now !== undefined) checkNow(now);
  return { ...nothing, series, register, now };
}

/** What is asked where nothing is. */
export const nothing: Arguments = {
  record: undefined,
  entry: undefined,
  receipt: undefined,
  certificate: undefined,
  evidence: undefined,
  keys: undefined,
  register: undefined,
  checkpoints: [],
  origin: undefined,
  draw: undefined,
  proofs: [],
  leaf: undefined,
  series: undefined,
  now: undefined,
};

function checkNow(now: string): void {
  try {
    checkInstant(now, '--now');
  } catch (error) {
    throw new Refusal(2, '--now must be a real instant, YYYY-MM-DDTHH:MM:SSZ', { cause: error });
  }
}

const text = { type: 'string' } as const;

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        help: { type: 'boolean', short: 'h' },
        entry: text,
        receipt: text,
        certificate: text,
        evidence: text,
        keys: text,
        register: text,
        checkpoint: { ...text, multiple: true },
        origin: text,
        proof: { ...text, multiple: true },
        leaf: text,
        draw: text,
        series: { type: 'boolean' },
        now: text,
      },
      allowPositionals: true,
    });
  } catch (error) {
    throw new Refusal(2, usage, { cause: error });
  }
}
