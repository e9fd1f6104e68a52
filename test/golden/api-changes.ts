import { joinRequest } from '../api/harness.ts';
import type { Cast } from './story.ts';
import { firstDraw, type GoldenWorld, idOf, keyOf, secondDraw, voidDraw } from './world.ts';

/** One change that somebody asks for. */
interface Change {
  readonly title: string;
  readonly method: string;
  readonly path: string;
  readonly token: string;
  readonly json?: unknown;
  /** Whether the answer holds what chance has made. */
  readonly isMade?: boolean;
}

type Row = readonly [method: string, path: string, token: string, json?: unknown, isMade?: boolean];

/** Changes in the order in which they are made: each after what those before have left. */
export function changesOf(world: GoldenWorld, cast: Cast): Change[] {
  const rows = [...byPeople(world, cast), ...atTheDesk(cast), ...byLeaders(cast), ...byAdmins()];
  return rows.map(([method, path, token, json, isMade = false], at) => {
    const by = token.startsWith('tirage_') ? ` by ${token.slice(7, 17).replace(/0+$/, '')}` : '';
    return { title: `${at + 1} ${method} ${path}${by}`, method, path, token, json, isMade };
  });
}

function byPeople(world: GoldenWorld, cast: Cast): Row[] {
  const own = (id: string) => world.tokenOf(id);
  const person = { name: 'Ada Exemple', document: { kind: 'agdref', number: '9900000001' } };
  const request = { ...joinRequest(), person, contact: { email: 'ada@example.org' } };
  const [offer, booked] = [`${secondDraw}.${cast.offered}`, `${secondDraw}.${cast.booked}`];
  const { lost, lateCancel } = cast;
  const accepts = { sites: ['nanterre'], windows: [{ days: [1], from: '09:00', until: '12:00' }] };
  const [code, unverified] = [{ code: '12' }, idOf('unverified')];
  return [
    ['POST', '/entries', '', request, true],
    ['POST', '/entries', '', request],
    ['POST', '/entries', '', { ...request, requestType: 'nothing' }],
    ['POST', '/entries', '', { ...request, accepts: { sites: ['antony'] } }],
    ['POST', '/link-requests', '', { email: 'ada@example.org' }],
    ['POST', `/entries/${unverified}/verification`, '', code],
    ['POST', `/entries/${unverified}/verification/resend`, own(unverified)],
    ['PATCH', `/entries/${lost}`, own(lost), { accepts }],
    ['PATCH', `/entries/${lost}`, own(lost), { accepts: { sites: ['nowhere'] } }],
    ['POST', `/offers/${offer}/accept`, own(cast.offered)],
    ['POST', `/offers/${offer}/decline`, own(cast.offered)],
    ['POST', `/offers/${secondDraw}.${lost}/accept`, own(lost)],
    ['DELETE', `/appointments/${booked}?impediment=work`, own(cast.booked)],
    ['DELETE', `/appointments/${booked}`, own(cast.booked)],
    ['DELETE', `/appointments/${firstDraw}.${cast.served}`, own(cast.served)],
    ['POST', `/entries/${lateCancel}/appeal`, own(lateCancel), { statement: 'No train' }],
    ['POST', `/entries/${lost}/appeal`, own(lost), { statement: 'No train' }],
    ['GET', `/entries/${lateCancel}/appeal`, keyOf('supervisor')],
    ['GET', '/appeals', keyOf('supervisor')],
    ['DELETE', `/entries/${idOf('late')}`, own(idOf('late'))],
    ['DELETE', `/entries/${idOf('late')}`, own(idOf('late'))],
    ['POST', `/entries/${idOf('left')}/erasure`, own(idOf('left')), {}],
  ];
}

function atTheDesk(cast: Cast): Row[] {
  const [agent, helper] = [keyOf('agent'), keyOf('helper')];
  const { lost, served } = cast;
  const at = `/appointments/${firstDraw}.${served}/attendance`;
  const person = { name: 'Zoé', document: { kind: 'agdref', number: '9900000002' } };
  const entry = { requestType: 'renewal', person, contact: { phone: '+33612345699' } };
  const mandate = { reference: 'dossier 13', from: '2026-12-01', until: '2027-01-01' };
  const other = { ...person, document: { kind: 'agdref', number: '9900000003' } };
  const decision = { decision: 'approve' };
  return [
    ['POST', '/desk-entries', agent, { ...entry, language: 'en' }, true],
    ['POST', at, agent, { attended: false }],
    ['POST', `/entries/${lost}/priority`, agent, { ground: 'title_expiring', days: 30 }],
    ['POST', `/entries/${lost}/priority/decision`, keyOf('other'), decision],
    ['POST', `/entries/${idOf('priority')}/priority/decision`, keyOf('supervisor'), decision],
    ['POST', `/entries/${idOf('priority')}/priority/decision`, keyOf('admin'), decision],
    ['POST', '/entry-search', agent, { email: 'late@example.org' }],
    ['POST', `/offers/${secondDraw}.${cast.offered}/desk-answer`, agent, { action: 'cancel' }],
    ['POST', '/letter-batches/2026-12-01/posted', agent, { letters: 1 }],
    ['POST', '/letter-batches/2026-12-01/posted', agent, { letters: 4 }],
    ['POST', '/helper-entries', helper, { ...entry, person: other, language: 'en', mandate }, true],
    ['GET', '/helper-entries', helper, undefined, true],
    ['PUT', `/helper-entries/${idOf('free')}/mandate`, helper, mandate],
    ['DELETE', `/entries/${idOf('helped')}/mandate`, agent],
    ['DELETE', `/helper-entries/${idOf('free')}`, helper],
  ];
}

function byLeaders(cast: Cast): Row[] {
  const leader = keyOf('supervisor');
  const { lost, lateCancel } = cast;
  const message = `offer.${cast.offered}.${secondDraw}`;
  const slot = { id: 'slot-d', site: 'nanterre', start: '2027-02-01T09:00:00+01:00', capacity: 1 };
  const reason = { reason: 'a wrong list' };
  return [
    ['POST', `/entries/${lateCancel}/absence/decision`, leader, { decision: 'uphold' }],
    ['POST', `/entries/${lost}/disclosure`, leader, { reason: 'asked by a court' }],
    ['POST', `/entries/${idOf('free')}/rejection`, leader, { reason: 'not_concerned' }],
    ['POST', `/messages/${message}/bounce`, leader],
    ['GET', '/messages?state=dead', leader],
    ['POST', `/messages/${message}/replay`, leader],
    ['POST', `/messages/${message}/replay`, leader],
    ['POST', '/slots', leader, { slots: [{ ...slot, requestTypes: ['renewal'] }] }],
    ['POST', '/slots', leader, { slots: [{ ...slot, site: 'nowhere', requestTypes: ['x'] }] }],
    ['POST', '/draws', leader, { at: '2026-12-20T08:00:00Z' }, true],
    ['POST', `/draws/${secondDraw}/void`, leader, reason],
    ['POST', `/draws/${voidDraw}/void`, leader, reason],
    ['POST', `/draws/nothing/void`, leader, reason],
    ['PUT', '/draw-schedules/weekly', keyOf('admin'), { cron: '0 9 * * 1' }],
    ['PUT', '/draw-schedules/weekly', keyOf('admin'), { cron: 'never' }],
    ['GET', '/draw-schedules', leader],
    ['DELETE', '/draw-schedules/weekly', keyOf('admin')],
    ['DELETE', '/draw-schedules/weekly', keyOf('admin')],
    ['PUT', '/pause', leader, { paused: true, reason: 'the heating has failed' }],
    ['GET', '', ''],
    ['PUT', '/pause', leader, { paused: false }],
    ['POST', `/entries/${idOf('priority')}/agent-erasure`, leader, { reason: 'asked for' }],
  ];
}

function byAdmins(): Row[] {
  const admin = keyOf('admin');
  return [
    ['PUT', '/settings', admin, { labels: { fr: 'Nanterre', en: 'Nanterre!' }, keepDays: 30 }],
    ['PUT', '/settings', admin, { labels: { fr: 'Nanterre' } }],
    ['PUT', '/rules', admin, { quotas: { renewal: { max: 2 } } }],
    ['PUT', '/rules', admin, { quotas: { nothing: { max: 2 } } }],
    ['PUT', '/sites', admin, { sites: [] }],
    ['PUT', '/request-types', admin, { requestTypes: [] }],
    ['POST', '/agents', admin, { role: 'agent', label: 'new' }, true],
    ['DELETE', `/agents/${keyOf('other').slice(7, 17)}`, admin],
    ['DELETE', '/agents/nobody', admin],
    ['POST', '/helpers', admin, { category: 'lawyer', label: 'Me X' }, true],
    ['POST', '/helpers/helper1/keys', admin, {}, true],
    ['PATCH', '/helpers/helper1', admin, { cap: 9 }],
    ['DELETE', '/helpers/helper1', admin],
    ['PATCH', '/helpers/helper1', admin, { cap: 9 }],
    ['DELETE', '/session', admin],
  ];
}
