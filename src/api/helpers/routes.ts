// Helpers: their accounts, and what they do for people by mandate.
export * from './accounts.ts';
export * from './mandates.ts';
