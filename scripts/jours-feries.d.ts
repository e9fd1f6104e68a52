declare module '@socialgouv/jours-feries' {
  /** Public holidays of a year by name, at midnight of the machine's own time zone. */
  function joursFeries(year: number): Record<string, Date>;
  export = joursFeries;
}
