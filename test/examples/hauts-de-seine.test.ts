import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { Settings } from '#src/domain/prefectures/settings.ts';
import { Person } from '#src/identity/person/person.ts';
import { csv, json, prefecture, requestTypes, sites, slots, typeById } from './example.ts';

/** Leaves out what a CSV line leaves empty. */
const present = (values: Record<string, string | undefined>) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value));

describe('the prefecture', () => {
  test('spells out the settings that hold by default', () => {
    const { settings } = prefecture;
    expect(settings).toEqual(Settings.parse({ labels: settings.labels }));
  });

  test('names every site and request type once', () => {
    expect(new Set(sites.map(({ id }) => id)).size).toBe(4);
    expect(typeById.size).toBe(requestTypes.length);
    expect(requestTypes.length).toBeGreaterThanOrEqual(8);
  });

  test('asks for an AGDREF number for renewals, and for nothing else', () => {
    for (const { id, step, agdrefRequired } of requestTypes) {
      expect(agdrefRequired, id).toBe(step === 'renewal');
    }
  });

  test('holds the four request types of the parliamentary question with its figures', () => {
    const { rates } = z
      .object({ rates: z.record(z.string(), z.number()) })
      .parse(json('failure-rates-2019.json'));
    expect(rates).toEqual({
      AES: 1,
      NATURALISATION: 0.99,
      'PASSEPORT-TALENT': 0.82,
      'SALARIE-RENOUVELLEMENT': 0.42,
    });
    for (const id of Object.keys(rates)) expect(typeById.has(id), id).toBe(true);
  });
});

const Window = z.strictObject({
  days: z.array(z.int().min(1).max(7)).min(1),
  from: z.string(),
  until: z.string(),
});
const Crowd = z.strictObject({
  people: z.int().positive(),
  requestTypes: z.record(z.string(), z.number().positive()),
  families: z.number().min(0).max(1),
  languages: z.strictObject({ fr: z.number(), en: z.number() }),
  sites: z.array(
    z.strictObject({ name: z.string(), weight: z.number().positive(), sites: z.array(z.string()) }),
  ),
  availability: z.array(
    z.strictObject({
      name: z.string(),
      weight: z.number().positive(),
      windows: z.array(Window),
      notBeforeDays: z.int().min(0),
    }),
  ),
  answers: z.strictObject({ accept: z.number(), decline: z.number(), silent: z.number() }),
  givenNames: z.array(z.string()).min(20),
  familyNames: z.array(z.string()).min(20),
});
const crowd = Crowd.parse(json('crowd.json'));

describe('the crowd', () => {
  test('weights every request type of the prefecture, and no other', () => {
    expect(Object.keys(crowd.requestTypes).sort()).toEqual([...typeById.keys()].sort());
  });

  test('weights are percentages', () => {
    const sum = (weights: number[]) => weights.reduce((total, weight) => total + weight, 0);
    expect(sum(Object.values(crowd.requestTypes))).toBe(100);
    expect(sum(Object.values(crowd.answers))).toBe(100);
    expect(sum(Object.values(crowd.languages))).toBe(100);
    expect(sum(crowd.sites.map(({ weight }) => weight))).toBe(100);
    expect(sum(crowd.availability.map(({ weight }) => weight))).toBe(100);
  });

  test('is four to seven times the places of its two weeks', () => {
    const places = slots.reduce((sum, slot) => sum + Number(slot.places), 0);
    const { people } = crowd;
    expect(people / places).toBeGreaterThan(4);
    expect(people / places).toBeLessThan(7);
  });

  test('prefers sites that exist', () => {
    const known = sites.map(({ id }) => id);
    for (const { sites: preferred } of crowd.sites) {
      for (const site of preferred) expect(known).toContain(site);
    }
  });
});

describe('the rules', () => {
  test('name only request types of the prefecture', () => {
    const rules = z.object({ quotas: z.record(z.string(), z.unknown()) }).parse(json('rules.json'));
    for (const id of Object.keys(rules.quotas)) expect(typeById.has(id), id).toBe(true);
  });
});

describe('the entries taken on paper', () => {
  const people = csv('paper-entries.csv');

  test('are about 25 people, each with a request type and sites that serve it', () => {
    expect(people).toHaveLength(25);
    for (const { name, requestType = '', sites: preferred = '' } of people) {
      const type = typeById.get(requestType);
      expect(type, name).toBeDefined();
      for (const site of preferred.split('|').filter(Boolean)) {
        expect(type?.sites, name).toContain(site);
      }
    }
  });

  test('are people whom the service would take', () => {
    for (const line of people) {
      const document = {
        kind: line.documentKind,
        country: line.documentCountry,
        number: line.documentNumber,
        birthDate: line.birthDate,
        nationality: line.nationality,
      };
      const person = present({ name: line.name, email: line.email, phone: line.phone });
      const result = Person.safeParse({ ...person, document: present(document) });
      expect(result.error, line.name).toBeUndefined();
    }
  });

  test('show the document that their request type asks for', () => {
    for (const person of people) {
      const type = typeById.get(person.requestType ?? '');
      if (type?.agdrefRequired) expect(person.documentKind, person.name).toBe('agdref');
    }
  });

  test('can be written to or called', () => {
    for (const { name, email, phone } of people) expect(email || phone, name).toBeTruthy();
  });

  test('are nobody: reserved addresses, numbers kept for fiction, documents that cannot be', () => {
    for (const { name, email, phone, documentNumber } of people) {
      expect(name).toContain('Exemple');
      expect(email).toMatch(/^$|@example\.org$/);
      // Arcep keeps 06 39 98 for audiovisual works.
      expect(phone).toMatch(/^$|^\+33639980\d{3}$/);
      expect(documentNumber).toMatch(/^$|^EX|^0{8}\d{2}$/);
    }
  });
});
