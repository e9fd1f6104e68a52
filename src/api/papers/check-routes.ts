import express, { type IRouter, type Request, type RequestHandler, type Response } from 'express';
import { z } from 'zod';
import type { Prefecture } from '../../domain/prefectures/prefecture.ts';
import { Identifier } from '../../domain/values.ts';
import {
  type CheckedPaper,
  checkedPaper,
  LONGEST_PAPER,
} from '../../usecases/certificates/check.ts';
import { certificatesPage } from '../../web/certificates/page.ts';
import type { RouteDeps } from '../http/deps.ts';
import { RequestError } from '../http/request-error.ts';
import { send } from '../http/send.ts';
import { langOf, sendPersonalPage } from '../pages/public.ts';
import { checkView } from './view.ts';

const types = ['application/pdf', 'application/jwt', 'text/plain'];
const paperBody = express.raw({ type: types, limit: LONGEST_PAPER });
/** A file and a text, with what a form puts around them. */
const formBody = express.raw({ type: 'multipart/form-data', limit: LONGEST_PAPER + 100_000 });

/** `POST /v1/certificates/verify`: for everyone, whether a paper is genuine. */
export function mountPaperCheck(router: IRouter, deps: RouteDeps): void {
  router.post('/v1/certificates/verify', async (req, res) => {
    res.locals.operation = 'verifyCertificate';
    await deps.rateLimits.block(req, res, 'change');
    const bytes = await bytesOf(paperBody, req, res);
    if (!bytes) throw new RequestError('media_type_unsupported', `send ${types.join(', ')}`);
    await send(req, res, { status: 200, body: checkView(await checkedPaper(deps, bytes)) });
  });
}

/** `/certificates`: the same as a page without script. Codes on paper lead here with what they hold. */
export function mountCertificatesPage(router: IRouter, deps: RouteDeps): void {
  router.get('/certificates', async (req, res) => {
    res.locals.operation = 'showCertificatesPage';
    const jws = z.string().max(5000).safeParse(req.query.jws).data;
    await deps.rateLimits.block(req, res, jws === undefined ? 'read' : 'change');
    await sendPage(deps, req, res, jws === undefined ? undefined : Buffer.from(jws));
  });

  router.post('/certificates', async (req, res) => {
    res.locals.operation = 'sendCertificatesPage';
    await deps.rateLimits.block(req, res, 'change');
    const bytes = await bytesOf(formBody, req, res);
    if (!bytes) throw new RequestError('media_type_unsupported', 'send multipart/form-data');
    await sendPage(deps, req, res, await handedIn(bytes, req.get('content-type') ?? ''));
  });
}

async function sendPage(
  deps: RouteDeps,
  req: Request,
  res: Response,
  paper: Uint8Array | undefined,
): Promise<void> {
  const found = paper && (await checkedPaper(deps, paper));
  const about = found && (await prefectureOf(deps, found));
  const checked = found && checkView(found);
  const jws = typeof req.query.jws === 'string' ? req.query.jws : undefined;
  sendPersonalPage(res, 200, certificatesPage({ lang: langOf(req), checked, about, jws }));
}

/** For the names of things; a certificate outlives its prefecture. */
async function prefectureOf(
  { store }: RouteDeps,
  checked: CheckedPaper,
): Promise<Prefecture | undefined> {
  if (!('paper' in checked)) return undefined;
  const id = Identifier.safeParse(checked.paper.claims.prefecture).data;
  return id === undefined ? undefined : store.prefectures.get(id);
}

/** The file if there is one, or else the text. */
async function handedIn(bytes: Buffer, type: string): Promise<Uint8Array> {
  const form = await new globalThis.Response(new Uint8Array(bytes), {
    headers: { 'content-type': type },
  })
    .formData()
    .catch(() => {
      throw new RequestError('body_malformed', 'is not a form');
    });
  const [file, text] = [form.get('file'), form.get('text')];
  if (file instanceof File && file.size > 0) return new Uint8Array(await file.arrayBuffer());
  return Buffer.from(typeof text === 'string' ? text : '');
}

/** The body, if it is of a type that the parser takes. */
async function bytesOf(
  parser: RequestHandler,
  req: Request,
  res: Response,
): Promise<Buffer | undefined> {
  await new Promise<void>((resolve, reject) => {
    parser(req, res, (error?: unknown) => (error ? reject(error) : resolve()));
  });
  return Buffer.isBuffer(req.body) ? req.body : undefined;
}
