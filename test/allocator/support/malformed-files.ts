import { drawExample } from './draw-files.ts';

const { file } = drawExample('crowd-0');
const [entry] = file.entries;
const [slot] = file.slots;
const windowOf = (window: object) => ({
  windows: [{ days: [1], from: '09:00', until: '10:00', ...window }],
});

const withManifest = (members: object) => ({ ...file, manifest: { ...file.manifest, ...members } });
const withRules = (rules: object) => withManifest({ rules });
const withEntropy = (entropy: object) => withManifest({ entropy });
const withEntry = (members: object) => ({
  ...file,
  entries: file.entries.with(3, { ...entry, ...members } as never),
});
const withAccepts = (accepts: unknown) => withEntry({ accepts });
const withSlot = (members: object) => ({
  ...file,
  slots: file.slots.with(1, { ...slot, ...members } as never),
});

const integer = 'must be an integer, 0 or more and below 2^53';
const identifier = 'must be an identifier: 1 to 48 of A-Z a-z 0-9 . _ -';
const hash = 'must be 64 lowercase hex digits';
const zeros = '0'.repeat(64);

const cases: readonly (readonly [unknown, string])[] = [
  [[], ': must be an object'],
  [null, ': must be an object'],
  [{ ...file, note: 1 }, 'note: must not be given'],
  [{ ...file, 'a b\n': 1 }, '["a b\\n"]: must not be given'],
  [{ ...file, manifest: undefined }, 'manifest: must be an object'],
  [{ ...file, entries: {} }, 'entries: must be a list'],
  [{ ...file, slots: undefined }, 'slots: must be a list'],
  [{ ...file, entropy: 'FE'.repeat(32) }, `entropy: ${hash}`],
  [{ ...file, signature: null }, 'signature: must be 96 lowercase hex digits'],
  [
    withManifest({ algorithm: 'lottery/v3' }),
    'manifest.algorithm: must be "lottery/v1" or "lottery/v2"',
  ],
  [withManifest({ draw: '' }), `manifest.draw: ${identifier}`],
  [withManifest({ prefecture: 92 }), `manifest.prefecture: ${identifier}`],
  [
    withManifest({ frozenAt: '2026-02-29T00:00:00Z' }),
    'manifest.frozenAt: must be a real instant, YYYY-MM-DDTHH:MM:SSZ',
  ],
  [
    withManifest({ frozenAt: '2026-02-28T00:00:00+00:00' }),
    'manifest.frozenAt: must be a real instant, YYYY-MM-DDTHH:MM:SSZ',
  ],
  [withManifest({ seed: zeros }), 'manifest.seed: must not be given'],
  [withManifest({ entries: { count: -1, root: zeros } }), `manifest.entries.count: ${integer}`],
  [withManifest({ slots: { count: 1, root: 'x' } }), `manifest.slots.root: ${hash}`],
  [withManifest({ slots: { count: 1, root: zeros, x: 1 } }), 'manifest.slots.x: must not be given'],
  [withRules([]), 'manifest.rules: must be an object'],
  [withRules({ min: 1 }), 'manifest.rules.min: must not be given'],
  [withRules({ quotas: { 'a b': {} } }), `manifest.rules.quotas["a b"]: ${identifier}`],
  [withRules({ quotas: { 'a.b': { max: 1.5 } } }), `manifest.rules.quotas["a.b"].max: ${integer}`],
  [
    withRules({ quotas: { AES: { most: 1 } } }),
    'manifest.rules.quotas.AES.most: must not be given',
  ],
  [withRules({ priorityMax: null }), `manifest.rules.priorityMax: ${integer}`],
  [
    withRules({ ageing: { ticketsPerMiss: 1_001 } }),
    'manifest.rules.ageing.ticketsPerMiss: must be an integer, 0 to 1000',
  ],
  [
    withRules({ ageing: { maxTickets: 0 } }),
    'manifest.rules.ageing.maxTickets: must be an integer, 1 to 1000',
  ],
  [
    withRules({ ageing: { guaranteeAfter: -1 } }),
    `manifest.rules.ageing.guaranteeAfter: ${integer}`,
  ],
  [withEntropy({ source: 'dice' }), 'manifest.entropy.source: must be "drand" or "operator"'],
  [withEntropy({ source: 'operator', commitment: 'x' }), `manifest.entropy.commitment: ${hash}`],
  [
    withEntropy({ source: 'operator', commitment: zeros, round: 1 }),
    'manifest.entropy.round: must not be given',
  ],
  [
    withEntropy({ source: 'drand', chain: zeros, round: 0 }),
    'manifest.entropy.round: must be an integer, 1 or more and below 2^53',
  ],
  [withEntry({ id: 'é' }), `entries[3].id: ${identifier}`],
  [withEntry({ id: 'x'.repeat(49) }), `entries[3].id: ${identifier}`],
  [withEntry({ id: 'x\n' }), `entries[3].id: ${identifier}`],
  [withEntry({ id: file.entries[5]?.id }), 'entries[5].id: must be unique'],
  [withEntry({ requestType: undefined }), `entries[3].requestType: ${identifier}`],
  [withEntry({ missed: '1' }), `entries[3].missed: ${integer}`],
  [withEntry({ missed: -1 }), `entries[3].missed: ${integer}`],
  [withEntry({ missed: 2 ** 53 }), `entries[3].missed: ${integer}`],
  [withEntry({ priority: false }), 'entries[3].priority: must be true, or absent'],
  [withEntry({ name: 'x' }), 'entries[3].name: must not be given'],
  [withAccepts(null), 'entries[3].accepts: must be an object'],
  [withAccepts({ days: [1] }), 'entries[3].accepts.days: must not be given'],
  [withAccepts({ sites: [] }), 'entries[3].accepts.sites: must not be empty'],
  [
    withAccepts({ sites: ['a', 'b', 'a'] }),
    'entries[3].accepts.sites[2]: must not repeat an earlier item',
  ],
  [withAccepts({ sites: 'a' }), 'entries[3].accepts.sites: must be a list'],
  [withAccepts({ windows: [] }), 'entries[3].accepts.windows: must not be empty'],
  [
    withAccepts({
      windows: [
        { days: [1], from: '09:00', until: '10:00' },
        { until: '10:00', from: '09:00', days: [1] },
      ],
    }),
    'entries[3].accepts.windows[1]: must not repeat an earlier item',
  ],
  [
    withAccepts(windowOf({ days: [0] })),
    'entries[3].accepts.windows[0].days[0]: must be an integer, 1 to 7',
  ],
  [
    withAccepts(windowOf({ days: [1, 1] })),
    'entries[3].accepts.windows[0].days[1]: must not repeat an earlier item',
  ],
  [withAccepts(windowOf({ days: [] })), 'entries[3].accepts.windows[0].days: must not be empty'],
  [
    withAccepts(windowOf({ from: '24:00' })),
    'entries[3].accepts.windows[0].from: must be a time, HH:MM, 00:00 to 23:59',
  ],
  [
    withAccepts(windowOf({ until: '24:01' })),
    'entries[3].accepts.windows[0].until: must be a time, HH:MM, 00:00 to 24:00',
  ],
  [
    withAccepts(windowOf({ until: '9:00' })),
    'entries[3].accepts.windows[0].until: must be a time, HH:MM, 00:00 to 24:00',
  ],
  [
    withAccepts({ notBefore: '2026-02-29' }),
    'entries[3].accepts.notBefore: must be a real date, YYYY-MM-DD',
  ],
  [withAccepts({ notAfter: null }), 'entries[3].accepts.notAfter: must be a real date, YYYY-MM-DD'],
  [withSlot({ id: slot?.id }), 'slots[1].id: must be unique'],
  [withSlot({ id: 'other', site: '' }), `slots[1].site: ${identifier}`],
  [
    withSlot({ id: 'other', start: '2026-12-01T09:30:00Z' }),
    'slots[1].start: must be a real date and time, YYYY-MM-DDTHH:MM:SS±HH:MM',
  ],
  [
    withSlot({ id: 'other', capacity: 0 }),
    'slots[1].capacity: must be an integer, 1 or more and below 2^53',
  ],
  [withSlot({ id: 'other', requestTypes: [] }), 'slots[1].requestTypes: must not be empty'],
  [
    withSlot({ id: 'other', requestTypes: ['a', 'a'] }),
    'slots[1].requestTypes[1]: must not repeat an earlier item',
  ],
  [withSlot({ id: 'other', desks: 1 }), 'slots[1].desks: must not be given'],
];

const { file: crowd } = drawExample('v2-crowd-0');
const withEntry2 = (members: object) => ({
  ...crowd,
  entries: crowd.entries.with(3, { ...crowd.entries[0], ...members } as never),
});
const withAgeing2 = (ageing: object) => ({
  ...crowd,
  manifest: { ...crowd.manifest, rules: { ageing } },
});
const sizes = 'must be an integer, 2 to 6';

const cases2: readonly (readonly [unknown, string])[] = [
  ...[0, 1, 7, 2.5, '2', true, null].map(
    (party) => [withEntry2({ party }), `entries[3].party: ${sizes}`] as const,
  ),
  [withEntry2({ owed: false }), 'entries[3].owed: must be true, or absent'],
  [withEntry2({ owed: 1 }), 'entries[3].owed: must be true, or absent'],
  [withEntry2({ resting: 'true' }), 'entries[3].resting: must be true, or absent'],
  [withEntry2({ size: 2 }), 'entries[3].size: must not be given'],
  ...[-1, 101, 1.5, '3'].map(
    (guaranteeRest) =>
      [
        withAgeing2({ guaranteeRest }),
        'manifest.rules.ageing.guaranteeRest: must be an integer, 0 to 100',
      ] as const,
  ),
  // Members of v2 in a draw of v1.
  [withEntry({ party: 2 }), 'entries[3].party: must not be given'],
  [withEntry({ owed: true }), 'entries[3].owed: must not be given'],
  [withEntry({ resting: true }), 'entries[3].resting: must not be given'],
  [
    withRules({ ageing: { guaranteeRest: 3 } }),
    'manifest.rules.ageing.guaranteeRest: must not be given',
  ],
];

/** Draw files that are malformed in one way each, and the line that says how. */
export const malformedFiles = cases.map(([malformed, line]) => ({ file: malformed, line }));

/** The same by what v2 has more. */
export const malformedFiles2 = cases2.map(([malformed, line]) => ({ file: malformed, line }));
