import { z } from 'zod';
import { RequestType, Site } from '../../domain/prefectures/prefecture.ts';
import { Settings } from '../../domain/prefectures/settings.ts';
import { Labels as StoredLabels } from '../../domain/values.ts';
import { Identifier, Instant } from '../http/schemas.ts';

export const Labels = StoredLabels.meta({
  id: 'Labels',
  description: 'A text for people. The French one stands for each that is missing.',
});

export const SettingsInput = Settings.meta({ id: 'SettingsInput' });
export const SettingsView = z.strictObject(Settings.shape).meta({ id: 'Settings' });

export const SiteView = Site.meta({ id: 'Site' });
export const RequestTypeInput = RequestType.meta({ id: 'RequestTypeInput' });
export const RequestTypeView = z.strictObject(RequestType.shape).meta({ id: 'RequestType' });

const unique = <Item extends { readonly id: string }>(items: readonly Item[]) =>
  new Set(items.map(({ id }) => id)).size === items.length;

export const SitesInput = z
  .strictObject({ sites: z.array(SiteView).max(500).refine(unique, 'ids must be unique') })
  .meta({ id: 'SitesInput' });
export const Sites = z.strictObject({ sites: z.array(SiteView) }).meta({ id: 'Sites' });

export const RequestTypesInput = z
  .strictObject({
    requestTypes: z.array(RequestTypeInput).max(500).refine(unique, 'ids must be unique'),
  })
  .meta({ id: 'RequestTypesInput' });
export const RequestTypes = z
  .strictObject({ requestTypes: z.array(RequestTypeView) })
  .meta({ id: 'RequestTypes' });

const Count = z.int().min(0);

export const InTheWay = z
  .strictObject({
    site: Identifier.nullable().meta({ description: 'Null: of people who accept any site.' }),
    requestType: Identifier,
    why: z.enum(['gone', 'closes']).meta({
      description: '`gone`: the site would serve the type no more. `closes`: only before a day.',
    }),
    slots: Count,
    places: Count.meta({ description: 'Of these slots, that nobody holds.' }),
    offers: Count,
    appointments: Count,
    entries: Count.meta({ description: 'People waiting who would have no site left.' }),
    blocks: z.boolean().meta({ description: 'Whether the change is refused because of it.' }),
  })
  .meta({
    id: 'InTheWay',
    description: 'What a change would leave at a site, of a type, to come.',
  });

/** Only where something is left, and in a dry run. */
const offeredChange = {
  dryRun: z.literal(true).optional(),
  inTheWay: z.array(InTheWay).optional(),
};

export const SitesSet = Sites.extend(offeredChange).meta({ id: 'SitesSet' });
export const RequestTypesSet = RequestTypes.extend(offeredChange).meta({ id: 'RequestTypesSet' });

export const DryRun = z.strictObject({
  dryRun: z
    .enum(['true', 'false'])
    .default('false')
    .meta({ description: '`true`: says what is in the way, and changes nothing.' }),
});

/** Checked by the allocator itself; written here for readers. */
export const Rules = z
  .strictObject({
    quotas: z
      .record(
        z.string(),
        z.strictObject({ min: z.int().min(0).optional(), max: z.int().min(0).optional() }),
      )
      .optional(),
    priorityMax: z.int().min(0).optional(),
    ageing: z
      .strictObject({
        ticketsPerMiss: z.int().min(0).max(1000).optional(),
        maxTickets: z.int().min(1).max(1000).optional(),
        guaranteeAfter: z.int().min(0).optional(),
        guaranteeRest: z.int().min(0).max(100).optional().meta({
          description:
            'For so many draws an entry that gave up a guaranteed place is not ranked as guaranteed.',
        }),
      })
      .optional(),
  })
  .meta({ id: 'Rules', description: 'The rules of lottery/v2, as the manifest will hold them.' });

/** Handed on as it came: the allocator's own parser checks it, and no copy loses a member. */
export const RulesInput = z.custom<object>((value) => typeof value === 'object' && value !== null);

export const Pause = z
  .strictObject({ reason: z.string(), since: Instant })
  .nullable()
  .meta({ id: 'Pause', description: 'Set while draws and offers stand still. People may join.' });

export const PauseInput = z
  .discriminatedUnion('paused', [
    z.strictObject({ paused: z.literal(true), reason: z.string().trim().min(3).max(500) }),
    z.strictObject({ paused: z.literal(false) }),
  ])
  .meta({ id: 'PauseInput' });

export const PauseView = z.strictObject({ paused: Pause }).meta({ id: 'PauseState' });

export const PrefectureView = z
  .strictObject({
    id: Identifier,
    settings: SettingsView,
    sites: z.array(SiteView),
    requestTypes: z.array(RequestTypeView),
    paused: Pause,
    nextDrawAt: Instant.nullable(),
  })
  .meta({ id: 'Prefecture' });
