/** The header of a file to be kept. Pure; the name is ours, without quotes. */
export function attachment(name: string): { readonly 'Content-Disposition': string } {
  return { 'Content-Disposition': `attachment; filename="${name}"` };
}
