export type Doc = PDFKit.PDFDocument;
export type Parent = PDFKit.PDFStructureElement;

/** Around what is printed, in points. */
export const margin = 56;

/** Draws something as one element of the structure, for those who listen to it. */
export function add(doc: Doc, parent: Parent, tag: string, draw: () => unknown): void {
  const element = doc.struct(tag, {}, draw);
  parent.add(element);
  element.end();
}

/** Begins a page where what follows would be torn in two. */
export function keepTogether(doc: Doc, length: number): void {
  if (doc.y + length > doc.page.height - margin - 12) doc.addPage();
}
