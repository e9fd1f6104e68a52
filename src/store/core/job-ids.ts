/** The job scheduler of a cron schedule. Identifiers hold no slash, so no two share a key. */
export function schedulerId(prefecture: string, name: string): string {
  return `draw/${prefecture}/${name}`;
}

/** The job that wakes a worker for a draw that an agent planned. */
export function onceId(prefecture: string, draw: string): string {
  return `once.${prefecture}.${draw}`;
}
