/** Units of time, in milliseconds. */
export const secondMs = 1000;
export const minuteMs = 60 * secondMs;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;

// And in seconds, which Redis counts in.
export const hourSeconds = hourMs / secondMs;
export const daySeconds = dayMs / secondMs;
