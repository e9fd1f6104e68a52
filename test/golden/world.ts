import { createHash } from 'node:crypto';
import type { Role } from '#src/domain/agents/agent.ts';
import type { EntryRecord } from '#src/domain/entries/entry.ts';
import type { Prefecture } from '#src/domain/prefectures/prefecture.ts';
import type { OutgoingMessage } from '#src/notifications/channels/channel.ts';
import { sweep } from '#src/usecases/offers/sweep.ts';
import { signRegister } from '#src/usecases/register/sign.ts';
import { type Api, exchange, hourMs, prefecture } from '../api/harness.ts';
import { deliverDue } from '../support/deliver.ts';
import { DrawWorld } from '../support/draw-world.ts';
import { openHouse, sealedEntry } from '../support/house.ts';
import { drawReally } from '../support/real-draw.ts';
import { redisUrl } from '../support/redis.ts';
import { sampleNowMs, sampleSlot } from '../support/samples.ts';

export const dayMs = 24 * hourMs;
export const voidDraw = '20261201-v0id00';
export const firstDraw = '20261202-f1rst0';
export const secondDraw = '20261209-sec0nd';

const names = [
  ...['Ada Exemple', 'Zoë Łukasiewicz-Ünal', 'يوسف', '王秀英', 'Jean-Baptiste d’Alembert'],
  ...['Fatoumata Diallo', 'Nguyễn Thị Ánh', 'O’Neil', 'Ünal', 'Marie Curie', 'Ba', 'Élodie'],
];
const postal = ['Chez Mme Élodie Exemple', '12 bis, rue de la Paix', '92000 NANTERRE'];

/** Names that differ in each language, so that none can stand for another unseen. */
export function withOwnNames(before: Prefecture): Prefecture {
  const own = (fr: string, en: string) => ({ fr, en });
  const labels = own('Préfecture des Hauts-de-Seine', 'Prefecture of Hauts-de-Seine');
  return {
    ...before,
    settings: { ...before.settings, labels },
    sites: before.sites.map((site) => ({
      ...site,
      labels: own(`Site de ${site.id}`, `Site of ${site.id}`),
      address: own(`1, rue de ${site.id}`, `1 ${site.id} street`),
    })),
    requestTypes: before.requestTypes.map((type) => ({
      ...type,
      labels: own(`Démarche « ${type.id} »`, `Request “${type.id}”`),
    })),
  };
}

/** An entry id that says whose it is. */
export const idOf = (name: string) => name.padEnd(16, '0');
/** An id of an agent's key, and the key. */
const agentId = (role: Role | 'other') => role.padEnd(10, '0').slice(0, 10);
export const keyOf = (role: Role | 'other') => `tirage_${agentId(role)}_${'0'.repeat(40)}`;

/** A prefecture whose every id, key and instant is given: it is the same in each run. */
export class GoldenWorld {
  readonly api: Api;
  readonly #house = openHouse({ redisUrl: redisUrl() });
  /** Messages that were sent, letters apart. */
  readonly sent: OutgoingMessage[] = [];

  constructor(api: Api) {
    this.api = api;
  }

  close(): Promise<void> {
    return this.#house.close();
  }

  /** What workers do when time has passed: ends offers, gives places on, reminds. */
  async sweep(): Promise<void> {
    this.#house.time.nowMs = this.api.time.nowMs;
    await sweep(this.#house.steps(), prefecture);
    await this.deliver();
  }

  /** Keys of every role, rules and settings other than by default. */
  async found(): Promise<void> {
    for (const role of ['auditor', 'agent', 'supervisor', 'admin', 'helper', 'other'] as const) {
      await this.#addKey(role);
    }
    const helper = { id: 'helper1', category: 'association', label: 'La Main & Co' } as const;
    await this.api.store.helpers.add(prefecture, { ...helper, cap: 3, createdAtMs: sampleNowMs });
    await this.api.store.helpers.addKey(prefecture, helper.id, agentId('helper'));
    await this.change(withOwnNames);
    await this.change((before) => ({
      ...before,
      rules: {
        quotas: { renewal: { min: 1, max: 9 } },
        ageing: { ticketsPerMiss: 1, maxTickets: 4, guaranteeAfter: 9 },
      },
      settings: {
        ...before.settings,
        ...{ absenceDraws: 2, entriesPerContact: 2, silencesAllowed: 1 },
      },
    }));
  }

  async #addKey(role: Role | 'other'): Promise<void> {
    const hash = createHash('sha256').update('0'.repeat(40)).digest('hex');
    await this.api.store.agents.put(prefecture, {
      id: agentId(role),
      role: role === 'other' ? 'agent' : role,
      label: `The ${role}`,
      hash,
      createdAtMs: sampleNowMs,
    });
  }

  /** Changes the prefecture. */
  async change(change: (before: Prefecture) => Prefecture): Promise<void> {
    await this.api.store.prefectures.update(prefecture, change, this.api.time.nowMs);
    this.api.forget();
  }

  /** An entry that waits: the languages by turns, the ways to be reached likewise. */
  async add(name: string, at: number, members: Partial<EntryRecord> = {}): Promise<void> {
    const id = idOf(name);
    const contact = [{ email: `${name}@example.org` }, { phone: '+33612345678' }, { postal }];
    const reach = contact[at % 7 === 3 ? 1 : at % 7 === 5 ? 2 : 0];
    const entry = sealedEntry(
      id,
      {
        state: 'waiting',
        language: at % 2 === 0 ? 'fr' : 'en',
        origin: at % 7 === 5 ? 'desk' : 'online',
        joinedAtMs: sampleNowMs - at * hourMs,
        waitingSinceMs: sampleNowMs - at * hourMs,
        ...(at % 7 === 5 ? { letter: true } : {}),
        ...members,
      },
      { name: names[at % names.length] ?? '', ...reach },
    );
    await this.api.store.entries.join(prefecture, entry, { messages: [`welcome.${id}.1`] });
  }

  async addSlot(id: string, capacity: number, start: string, site = 'nanterre'): Promise<void> {
    const requestTypes = site === 'nanterre' ? ['renewal'] : ['first'];
    const slot = sampleSlot({ id, capacity, start, site, requestTypes });
    await this.api.store.slots.importAll(prefecture, [slot], this.api.time.nowMs);
  }

  /** A real draw, after the one before was closed; winners by the order of their ids. */
  async draw(id: string): Promise<string[]> {
    const { api } = this;
    const world = new DrawWorld(api.redis);
    world.nowMs = api.time.nowMs;
    await world.closePrevious();
    await drawReally(api.store, prefecture, id, api.time.nowMs);
    api.forget();
    await this.deliver();
    const { offers } = await api.store.offers.list(prefecture, id, { limit: 1000 });
    return offers.map(({ entry }) => entry).sort();
  }

  deliver(): Promise<void> {
    return deliverDue(this.api.deps(), prefecture, this.sent);
  }

  /** Signs the register as it is now. */
  async signRegister(): Promise<void> {
    await signRegister({ ...this.api.deps(), witnesses: [] }, prefecture);
    this.api.forget();
  }

  tokenOf(id: string): string {
    return this.api.tokens.entryToken(prefecture, id);
  }

  /** Does something as an agent of a role, or as a person; it must succeed. */
  async act(method: string, path: string, by: string, json?: object): Promise<void> {
    const token = by.startsWith('tirage_') ? by : this.tokenOf(by);
    const options = { token, ...(json ? { json } : {}) };
    const { status, text } = await this.api.call(method, path, options);
    if (status >= 300) throw new Error(`${method} ${path}: ${status} ${text}`);
    this.api.forget();
    await this.deliver();
  }

  /** Sends a form to the page of an entry. */
  form(id: string, fields: Readonly<Record<string, string>>, query = '') {
    return this.page(`/p/${prefecture}/entries/${id}${query}`, {
      token: this.tokenOf(id),
      ...fields,
    });
  }

  page(path: string, fields?: Readonly<Record<string, string>>) {
    return askPage(this.api, path, fields);
  }
}

/** Asks for a page, or sends it a form. */
export function askPage(api: Api, path: string, fields?: Readonly<Record<string, string>>) {
  const url = `${api.origin()}${path}`;
  if (!fields) return exchange(url, 'GET', undefined, {});
  const body = new URLSearchParams(fields).toString();
  return exchange(url, 'POST', body, { 'content-type': 'application/x-www-form-urlencoded' });
}
