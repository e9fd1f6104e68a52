import type { IncomingMessage } from 'node:http';
import express, { type Request, type RequestHandler, type Response } from 'express';
import { z } from 'zod';
import { checkJsonBounds } from './json-bounds.ts';
import type { Operation } from './operation.ts';
import { RequestError } from './request-error.ts';

declare module 'express-serve-static-core' {
  interface Request {
    /** The body as it came, unpacked, once it was read. */
    bodyBytes?: Uint8Array;
  }
}

const smallJson = express.json({ limit: '64kb', verify: keepBounded(8192) });
/** Imports of slots: 50,000 with up to ten values each. */
const largeJson = express.json({ limit: '10mb', verify: keepBounded(500_000) });
const csvBytes = express.raw({ type: 'text/csv', limit: '10mb', verify: keep });

/** What spreadsheets write. Others cost seconds to decode, and nobody uses them. */
const CSV_CHARSETS = ['utf-8', 'us-ascii', 'iso-8859-1', 'windows-1252'];

/**
 * Reads the body that an operation takes.
 *
 * @throws RequestError `media_type_unsupported`; what the parser throws otherwise
 */
export async function readBody(
  req: Request,
  res: Response,
  op: Operation,
): Promise<{ json?: unknown; csv?: string }> {
  if (op.body instanceof z.ZodUndefined) return {};
  if (op.csv && req.is('text/csv')) {
    return { csv: await readCsvText(req, res) };
  }
  await run(op.hasLargeJson ? largeJson : smallJson, req, res);
  // The parser leaves what is not JSON alone. `is` answers null for a request without a body: its
  // members are missing, not of another type.
  if (req.body === undefined && req.is('application/json') === false) {
    const types = op.csv ? 'application/json or text/csv' : 'application/json';
    throw new RequestError('media_type_unsupported', `send ${types}`);
  }
  return { json: req.body };
}

async function readCsvText(req: Request, res: Response): Promise<string> {
  const charset = charsetOf(req.get('content-type') ?? '');
  if (!CSV_CHARSETS.includes(charset)) {
    throw new RequestError('media_type_unsupported', 'send CSV in UTF-8');
  }
  await run(csvBytes, req, res);
  return Buffer.isBuffer(req.body) ? new TextDecoder(charset).decode(req.body) : '';
}

function charsetOf(contentType: string): string {
  return /;\s*charset="?([^";\s]+)/i.exec(contentType)?.[1]?.toLowerCase() ?? 'utf-8';
}

function run(handler: RequestHandler, req: Request, res: Response): Promise<void> {
  return new Promise((resolve, reject) => {
    handler(req, res, (error?: unknown) => (error ? reject(error) : resolve()));
  });
}

type Reading = IncomingMessage & Pick<Request, 'bodyBytes'>;

function keep(req: Reading, _: unknown, bytes: Buffer): void {
  req.bodyBytes = bytes;
}

/** Looks at the form of JSON before it is parsed: what nests deep takes seconds. */
function keepBounded(mostValues: number) {
  return (req: Reading, res: unknown, bytes: Buffer, charset: string): void => {
    if (charset !== 'utf-8') {
      throw new RequestError('media_type_unsupported', 'send JSON in UTF-8');
    }
    checkJsonBounds(bytes, mostValues);
    keep(req, res, bytes);
  };
}
