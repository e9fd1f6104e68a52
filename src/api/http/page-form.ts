import express, { type Request, type RequestHandler, type Response } from 'express';
import { readMultipart } from './multipart.ts';
import type { Page } from './page.ts';
import { RequestError } from './request-error.ts';

const shortForm = express.urlencoded({ extended: false, limit: '8kb' });
const workForm = express.urlencoded({ extended: false, limit: '32kb' });
/** Bytes that a form may put around a file, with a text beside it. */
const AROUND_FILE = 100_000;

/** The fields of a form; undefined where they do not fit. What cannot be read at all is thrown. */
export async function readFields(
  req: Request,
  res: Response,
  { fields, hasWork }: Pick<Page, 'fields' | 'hasWork'>,
): Promise<unknown> {
  if (fields === undefined) return undefined;
  await read(hasWork ? workForm : shortForm, req, res);
  return fields.safeParse(req.body ?? {}).data;
}

/**
 * The file of a form if there is one, or else its text; undefined where the page takes none.
 *
 * @throws RequestError `media_type_unsupported`, `body_malformed`
 */
export async function readUpload(
  req: Request,
  res: Response,
  { mostFileBytes }: Pick<Page, 'mostFileBytes'>,
): Promise<Uint8Array | undefined> {
  if (mostFileBytes === undefined) return undefined;
  const limit = mostFileBytes + AROUND_FILE;
  const bytes = await readBytes(express.raw({ type: 'multipart/form-data', limit }), req, res);
  if (!bytes) throw new RequestError('media_type_unsupported', 'send multipart/form-data');
  const parts = readMultipart(bytes, req.get('content-type') ?? '');
  const file = parts.find(({ name, isFile }) => name === 'file' && isFile);
  if (file && file.bytes.length > 0) return file.bytes;
  return parts.find(({ name, isFile }) => name === 'text' && !isFile)?.bytes ?? new Uint8Array();
}

/** The body, if it is of a type that the parser takes. */
export async function readBytes(
  parser: RequestHandler,
  req: Request,
  res: Response,
): Promise<Buffer | undefined> {
  await read(parser, req, res);
  return Buffer.isBuffer(req.body) ? req.body : undefined;
}

function read(parser: RequestHandler, req: Request, res: Response): Promise<void> {
  return new Promise((resolve, reject) => {
    parser(req, res, (error?: unknown) => (error ? reject(error) : resolve()));
  });
}
