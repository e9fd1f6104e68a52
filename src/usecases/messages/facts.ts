import { isOwed } from '../../domain/entries/amends.ts';
import { isConfirmedEntry } from '../../domain/entries/state.ts';
import { parseProxySubject } from '../../domain/messages/acts.ts';
import type { MessageKind, MessageSubject } from '../../domain/messages/kinds.ts';
import { undoEnd } from '../../domain/offers/deferred.ts';
import { toldDeadline } from '../../domain/offers/end.ts';
import { offerId } from '../../domain/offers/id.ts';
import type { OfferAnswer } from '../../domain/offers/state.ts';
import { entryPageUrl, prefecturePageUrl } from '../../domain/page-addresses.ts';
import { inEveryLanguage, labelled } from '../../domain/values.ts';
import type { Tokens } from '../../identity/keys/tokens.ts';
import { answerUrl } from '../../identity/links/answer.ts';
import type {
  AppointmentFacts,
  CommonFacts,
  OpenOfferFacts,
  SlotFacts,
} from '../../notifications/render/facts.ts';
import type { MessageFacts } from '../../notifications/render/templates.ts';
import { textsOf } from '../../texts/catalogues.ts';

/** What only the sealed part of an entry knows. */
export interface PersonFacts {
  readonly name: string;
  readonly document: OpenOfferFacts['document'];
  /** Who comes along, by name. */
  readonly others: readonly string[];
}

/** What links and codes are made with. */
export interface Sources {
  readonly tokens: Pick<Tokens, 'callCode' | 'code' | 'entryToken' | 'signAnswer'>;
  readonly publicUrl: string;
}

/** Words for a request type that the prefecture has since dropped. */
const dropped = () =>
  inEveryLanguage((language) => textsOf('messages', language)('request.dropped'));

/** The facts of each kind of message. Call it only for a message that is true. Pure. */
export function factsOf(
  about: MessageSubject,
  person: PersonFacts,
  sources: Sources,
  nowMs: number,
): { readonly [Kind in MessageKind]: () => MessageFacts[Kind] } {
  const { entry, drawsLeft } = about;
  const common = () => commonFacts(about, person, sources);
  const stillWaiting = isConfirmedEntry(entry.state);
  return {
    code: () => codeFacts(about, common(), sources),
    welcome: () => secretFacts(about, common(), sources),
    link: () => secretFacts(about, common(), sources),
    offer: () => openOfferFacts(about, person, sources, nowMs),
    reminder: () => openOfferFacts(about, person, sources, nowMs),
    booked: () => ({
      ...appointmentFacts(about, common()),
      document: person.document,
      rule: about.prefecture.settings,
      ...proxyFacts(about),
    }),
    expired: () => ({ ...offerFacts(about, common()), stillWaiting }),
    revoked: () => ({
      ...appointmentFacts(about, common()),
      wasBooked: about.offer?.appointment !== undefined,
      isUnopened: about.offer?.unopened ?? false,
      cause: about.offer?.cause,
      said: about.closureText,
      isFirst: about.offer?.cause !== undefined && isOwed(entry),
    }),
    cancelled: () => ({ ...appointmentFacts(about, common()), stillWaiting, drawsLeft }),
    duplicate: common,
    acted_for: () => actedFacts(about, common(), nowMs),
    rejected: () => ({ ...common(), reason: entry.rejection ?? 'other' }),
    party: common,
    absence: () => ({ ...common(), cause: known(entry.absence).cause, drawsLeft }),
    absence_decided: () => ({
      ...common(),
      lifted: known(entry.absence).state === 'lifted',
      drawsLeft,
      stillWaiting,
    }),
  };
}

function commonFacts(
  { prefecture, entry }: MessageSubject,
  { name, others }: PersonFacts,
  { publicUrl }: Sources,
): CommonFacts {
  const { id, settings, requestTypes } = prefecture;
  return {
    prefecture: { id, labels: settings.labels },
    timeZone: settings.timeZone,
    entry: entry.id,
    name,
    ...(others.length > 0 ? { people: 1 + others.length, others } : {}),
    requestType: requestTypes.find((type) => type.id === entry.requestType)?.labels ?? dropped(),
    entryUrl: entryPageUrl(publicUrl, id, entry.id),
    publicUrl: prefecturePageUrl(publicUrl, id),
  };
}

function codeFacts(
  { prefecture, entry }: MessageSubject,
  common: CommonFacts,
  { tokens }: Sources,
): MessageFacts['code'] {
  const { round, expiresAtMs } = known(entry.code);
  return { ...common, code: tokens.code(prefecture.id, entry.id, round), expiresAtMs };
}

function secretFacts(
  { prefecture: { id }, entry }: MessageSubject,
  common: CommonFacts,
  { tokens }: Sources,
): MessageFacts['welcome'] {
  const token = tokens.entryToken(id, entry.id);
  return { ...common, token, callCode: tokens.callCode(id, entry.id, entry.callRound ?? 0) };
}

function offerFacts({ prefecture, offer }: MessageSubject, common: CommonFacts) {
  const { draw, entry, site: siteId, slotStart } = known(offer);
  const site = prefecture.sites.find(({ id }) => id === siteId);
  const unknown = labelled(siteId);
  const slot: SlotFacts = {
    start: slotStart,
    site: site?.labels ?? unknown,
    address: site?.address ?? unknown,
  };
  return { ...common, offer: offerId(draw, entry), slot };
}

/** Who accepted an appointment, if not its person. */
function proxyFacts({ offer, prefecture }: MessageSubject): Pick<MessageFacts['booked'], 'proxy'> {
  if (!offer?.proxy) return {};
  const undoUntilMs = undoEnd(offer.proxy, prefecture.settings.undoMinutes);
  return { proxy: { by: offer.proxy.by, undoUntilMs } };
}

function actedFacts(
  { subject, offer }: MessageSubject,
  common: CommonFacts,
  nowMs: number,
): MessageFacts['acted_for'] {
  const { act, by, atMs } = known(parseProxySubject(subject));
  const { deferred } = offer ?? {};
  const isOpen = deferred?.atMs === atMs && deferred.act === act && nowMs < deferred.dueAtMs;
  return { ...common, act, by, atMs, ...(isOpen ? { undoUntilMs: deferred.dueAtMs } : {}) };
}

function openOfferFacts(
  about: MessageSubject,
  person: PersonFacts,
  sources: Sources,
  nowMs: number,
): OpenOfferFacts {
  const facts = offerFacts(about, commonFacts(about, person, sources));
  const deadlineMs = toldDeadline(about.prefecture, known(about.offer), nowMs);
  // Once the offer has ended the API says so in words: the link itself outlives an extension.
  const expiresAtMs = Math.max(deadlineMs, Date.parse(facts.slot.start));
  const urlOf = (action: OfferAnswer) => {
    const answer = { prefecture: about.prefecture.id, offer: facts.offer, action };
    const signature = sources.tokens.signAnswer({ ...answer, expiresAtMs });
    return answerUrl(sources.publicUrl, answer, signature);
  };
  return {
    ...facts,
    deadlineMs,
    acceptUrl: urlOf('accept'),
    declineUrl: urlOf('decline'),
    document: person.document,
  };
}

function appointmentFacts(about: MessageSubject, common: CommonFacts): AppointmentFacts {
  const { settledAtMs, offeredAtMs } = known(about.offer);
  return { ...offerFacts(about, common), settledAtMs: settledAtMs ?? offeredAtMs };
}

function known<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('a message about something that is not there');
  return value;
}
