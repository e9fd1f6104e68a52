/**
 * Every key of one prefecture. The hash tag `{…}` keeps them in one slot of a Redis Cluster, so
 * that one script may touch several.
 */
// biome-ignore lint/complexity/noExcessiveLinesPerFunction: one list of all keys, no logic
export function keysOf(prefecture: string) {
  const root = `tirage:{${prefecture}}`;
  return {
    /** string: JSON of settings, sites, request types, rules, pause. */
    prefecture: `${root}:prefecture`,
    /** string: version of the data, `1`; `1>2 <token>` while a migration is under way (ADR 0050). */
    dataVersion: `${root}:data-version`,
    /** string: exists while the kill switch is on, so that scripts need not read the JSON. */
    paused: `${root}:paused`,
    /** hash: key id → agent key. */
    agents: `${root}:agents`,
    /** hash: key id → when it was last used, to the minute. */
    agentsUsed: `${root}:agents-used`,
    /** string with expiry: the session of an agent who signed in. */
    session: (agent: string) => `${root}:session:${agent}`,
    /** string with expiry: somebody came back with this state of a login. */
    loginState: (state: string) => `${root}:login:${state}`,
    /** list: lines of the audit log, each chained to the one before. Only ever appended to. */
    audit: `${root}:audit`,
    /** string: `<lines> <hash of the last>` of the audit log. */
    auditHead: `${root}:audit-head`,
    /** string: `<lines> <ms>`: how far the audit log went when the register last said so. */
    auditAnchor: `${root}:audit-anchor`,
    /** hash: entry id → entry. One hash for all takes the least memory (ADR 0017). */
    entries: `${root}:entries`,
    /** hash: identity key → entry id, for live entries only. */
    identities: `${root}:identities`,
    /** hash: entry id → its place on the priority track, from the proposal on. */
    priorities: `${root}:priorities`,
    /** hash: identity key → what its person sits out: `<number of the last draw>:<cause>`. */
    suspensions: `${root}:sit-outs`,
    /** hash: entry id → sealed text of an appeal that is not decided. */
    appeals: `${root}:appeals`,
    /**
     * Prefix of hashes, `<prefix>:<first three characters of a clue key>`: the rest of the clue key
     * (of an e-mail address, telephone, name) → ids of live entries that have it, spaces between.
     */
    clues: `${root}:clues`,
    /** hash: flag id → flagged set. */
    flags: `${root}:flags`,
    /** zset: `<ms>:<flag id>`, all of one score, so in the order of their time. */
    openFlags: `${root}:open-flags`,
    /** zset: the same, of sets that are settled. */
    settledFlags: `${root}:settled-flags`,
    /** hash: identity key → those that an agent found to be other people, spaces between. */
    different: `${root}:different`,
    /** zset: ids of entries whose document is still to be checked in the registry, by time. */
    toCheck: `${root}:to-check`,
    /** hash: word → how often it happened. Public. */
    tallies: `${root}:tallies`,
    /** hash: `<state>:<request type>` → number of entries. */
    counts: `${root}:counts`,
    /** set: ids of entries of which somebody goes on alone once the draw is over. */
    partings: `${root}:partings`,
    /** string with expiry: what an Idempotency-Key answered. */
    idempotency: (keyHash: string) => `${root}:idempotency:${keyHash}`,
    /** list: ids of messages to hand to the notifications queue. */
    mailDue: `${root}:mail-due`,
    /** string with expiry: a message was sent. */
    messageSent: (messageId: string) => `${root}:sent:${messageId}`,
    /** hash: message id → dead letter. */
    deadLetters: `${root}:dead-letters`,
    /** string: how far the retention pass has come. */
    retention: `${root}:retention`,
    /** hash: helper id → helper. */
    helpers: `${root}:helpers`,
    /** hash: id of an agent's key → helper it acts for. */
    helperKeys: `${root}:helper-keys`,
    /** set: entry ids that a helper holds. */
    helperEntries: (helper: string) => `${root}:helper:${helper}:entries`,
    /** hash: entry id → mandate by which a helper acts for it. */
    mandates: `${root}:mandates`,
    /** hash: message id → letter that waits to be printed. */
    letters: `${root}:letters`,
    /** hash: slot id → slot. */
    slots: `${root}:slots`,
    /** hash: slot id → places that no draw has taken yet. */
    places: `${root}:places`,
    /** hash: slot id → closure and cause, of slots that have no places any more. */
    closedSlots: `${root}:closed-slots`,
    /** hash: closure id → closure. */
    closures: `${root}:closures`,
    /** zset: closure ids by the time they were made. */
    closureTimes: `${root}:closure-times`,
    /** zset: ids of closures whose people are not all told, by the time they were made. */
    openClosures: `${root}:open-closures`,
    /** list: ids of the slots of a closure, until it is done. */
    closureSlots: (closure: string) => `${root}:closure:${closure}:slots`,
    /** hash: `<closure>:<what>` → how many were taken back. */
    closureCounts: `${root}:closure-counts`,
    /** hash: the import under way: id, count, startedAtMs; `complete` once it cannot be undone. */
    /** hash: the import under way: id, startedAtMs; `complete` once it cannot be undone. */
    importLock: `${root}:import`,
    /** list: slot id, capacity and slot, by turns, of the import under way. */
    importLines: `${root}:import-lines`,
    /** list: ids of slots that the import under way takes out. */
    importGone: `${root}:import-gone`,
    /** zset: draw id by planned time. */
    draws: `${root}:draws`,
    /** zset: draw id by the instant of its freeze, once its manifest is published. */
    frozenDraws: `${root}:frozen-draws`,
    /** zset: draw id by planned time, while a worker has something left to do for it. */
    unfinishedDraws: `${root}:unfinished-draws`,
    /**
     * string: `<draw id> <request type> …`: the reserve list of that draw has ended for these types, and
     * idle places and misses are not settled yet. No types: for all (data of version 1).
     */
    closingDraw: `${root}:closing-draw`,
    /** string: number of draws frozen so far. */
    drawNumber: `${root}:draw-number`,
    /** hash: id, number and instant of the freeze under way. */
    freezing: `${root}:freezing`,
    /** hash: entry id → its state before the first write after the freeze began ('' if none). */
    before: `${root}:before`,
    /** string: id of the draw that is freezing, frozen or drawn; absent otherwise. */
    activeDraw: `${root}:active-draw`,
    /** hash: request type → id of the published draw whose reserve list serves it. */
    reserves: `${root}:reserves`,
    /** hash: schedule name → cron schedule. */
    schedules: `${root}:schedules`,
    /** hash: `state`, `repeated_by` and `ended`, for scripts, and `json`, the rest of the draw. */
    draw: (draw: string) => `${root}:draw:${draw}`,
    /** hash: slot id → places of this draw that nobody holds now. */
    drawPlaces: (draw: string) => `${root}:draw:${draw}:places`,
    /** list: gzipped parts of the record, manifest to last entry. */
    drawInput: (draw: string) => `${root}:draw:${draw}:input`,
    /** list: gzipped parts of the record, entropy to outcome. */
    drawResult: (draw: string) => `${root}:draw:${draw}:result`,
    /** list with expiry: parts of the record on their way, by a token of who writes them. */
    drawStaged: (draw: string, token: string) => `${root}:draw:${draw}:staged:${token}`,
    /** hash: what answers questions about one entry: head, rows by bucket, tiles (draws/index.ts). */
    drawIndex: (draw: string) => `${root}:draw:${draw}:index`,
    /** hash: slot id → cause, of slots that its record says are closed. */
    drawClosed: (draw: string) => `${root}:draw:${draw}:closed`,
    /** list: event lines of the record. */
    drawEvents: (draw: string) => `${root}:draw:${draw}:events`,
    /** hash: entry id → offer. */
    drawOffers: (draw: string) => `${root}:draw:${draw}:offers`,
    /** list: leaves of the public register, JCS texts. Only ever appended to. */
    registerLeaves: `${root}:register`,
    /** hash: `<level>/<index>` → tile of the register's Merkle tree: 32 bytes a hash. */
    registerTiles: `${root}:register:tiles`,
    /** list: signed heads of the register, the newest last. */
    registerHeads: `${root}:register:heads`,
    /** hash: leaves in tiles (`hashed`), size of the newest head, counts of its leaves. */
    registerState: `${root}:register:state`,
    /** hash: witness → size of the newest head it has taken. */
    registerWitnesses: `${root}:register:witnesses`,
    /** zset: offer id by answer deadline, pending offers only. */
    deadlines: `${root}:deadlines`,
    /** zset: offer id by the time of its reminder, until it was sent. */
    reminders: `${root}:reminders`,
    /** string with expiry: the entry, or the purpose, that a proof of work was handed in for. */
    workSpent: (id: string) => `${root}:work:${id}`,
    /** list with expiry: signals of one day (UTC), for the abuse report. */
    signals: (day: string) => `${root}:signals:${day}`,
    /** string with expiry: how often something was done within one window of time. */
    limit: (name: string) => `${root}:limit:${name}`,
  };
}

export type Keys = ReturnType<typeof keysOf>;

/** Set of all prefecture ids. Like those below, it belongs to no prefecture. */
export const PREFECTURES_KEY = 'tirage:prefectures';

/** String: version that the data of all prefectures has at least. */
export const DATA_VERSION_KEY = 'tirage:data-version';

/** String with expiry: a token of the process that migrates the data. */
export const MIGRATION_LOCK_KEY = 'tirage:migration-lock';

/** String with expiry: requests of an address block. Of no prefecture, so spread over a cluster. */
export const blockLimitKey = (name: string) => `tirage:limit:${name}`;
