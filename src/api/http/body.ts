import type { IncomingMessage } from 'node:http';
import express, { type Request, type RequestHandler, type Response } from 'express';
import { z } from 'zod';
import type { Operation } from './operation.ts';
import { RequestError } from './request-error.ts';

declare module 'express-serve-static-core' {
  interface Request {
    /** The body as it came, unpacked, once it was read. */
    bodyBytes?: Uint8Array;
  }
}

const smallJson = express.json({ limit: '64kb', verify: keep });
/** Imports of slots and of paper entries. */
const largeJson = express.json({ limit: '10mb', verify: keep });
const csvText = express.text({ type: 'text/csv', limit: '10mb', verify: keep });

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
    await run(csvText, req, res);
    return { csv: typeof req.body === 'string' ? req.body : '' };
  }
  await run(op.csv ? largeJson : smallJson, req, res);
  // The parser leaves what is not JSON alone. `is` answers null for a request without a body: its
  // members are missing, not of another type.
  if (req.body === undefined && req.is('application/json') === false) {
    const types = op.csv ? 'application/json or text/csv' : 'application/json';
    throw new RequestError('media_type_unsupported', `send ${types}`);
  }
  return { json: req.body };
}

function run(handler: RequestHandler, req: Request, res: Response): Promise<void> {
  return new Promise((resolve, reject) => {
    handler(req, res, (error?: unknown) => (error ? reject(error) : resolve()));
  });
}

function keep(req: IncomingMessage & Pick<Request, 'bodyBytes'>, _: unknown, bytes: Buffer): void {
  req.bodyBytes = bytes;
}
