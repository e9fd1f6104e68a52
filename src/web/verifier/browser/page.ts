import { elementOf } from '../../kit/browser/element.ts';
import { checkRecord, type Progress } from './check.ts';
import { inEachLanguage } from './elements.ts';
import { failureOf, noticeOf, resultOf } from './result.ts';
import { fetchRecord, fileSource, recordPathOf, type Source } from './source.ts';

/** The bundled worker, put in when the page is made. */
declare const WORKER_SOURCE: string;

const file = elementOf('file', HTMLInputElement);
const drop = elementOf('drop', HTMLElement);
const cancel = elementOf('cancel', HTMLButtonElement);
const running = elementOf('running', HTMLElement);
const bar = elementOf('bar', HTMLProgressElement);
const counted = elementOf('counted', HTMLElement);
const status = elementOf('status', HTMLElement);

let current: AbortController | undefined;

/** A page in a file has no address that a worker could be loaded from: its text is in the page. */
function startWorker(): Worker {
  const url = URL.createObjectURL(new Blob([WORKER_SOURCE], { type: 'text/javascript' }));
  const worker = new Worker(url);
  URL.revokeObjectURL(url);
  return worker;
}

/** Checks one record and shows what is found. Whatever was being checked before is given up. */
async function check(open: (signal: AbortSignal) => Promise<Source>): Promise<void> {
  current?.abort();
  const mine = new AbortController();
  current = mine;
  status.replaceChildren(noticeOf((text) => text('started')));
  bar.removeAttribute('value');
  counted.replaceChildren();
  running.hidden = false;
  const shown = await findIn(open, mine.signal);
  // Another one has begun.
  if (current !== mine) return;
  // A button that goes must not take the keyboard's place on the page with it.
  const hadFocus = document.activeElement === cancel;
  running.hidden = true;
  status.replaceChildren(shown);
  if (hadFocus) document.getElementById('verdict')?.focus();
}

async function findIn(
  open: (signal: AbortSignal) => Promise<Source>,
  signal: AbortSignal,
): Promise<HTMLElement> {
  try {
    const source = await open(signal);
    const onProgress = (progress: Progress) => {
      if (!signal.aborted) showProgress(progress, source.size);
    };
    const finding = await checkRecord(startWorker(), source, { signal, onProgress });
    return resultOf(finding, source.name);
  } catch (error) {
    return failureOf(error);
  }
}

function showProgress({ bytes, lines, isRead }: Progress, size: number | undefined): void {
  if (isRead || size === undefined) bar.removeAttribute('value');
  else bar.value = bytes / Math.max(size, 1);
  // Whole percents, and never more than were read.
  const share = size && Math.floor((100 * bytes) / size) / 100;
  const spans = inEachLanguage((text, percent) => {
    if (isRead) return text('drawing');
    if (share === undefined) return text('read', { lines });
    return text('read.share', { lines, percent: percent(share) });
  });
  counted.replaceChildren(...spans);
}

function checkFile(chosen: File | null | undefined): void {
  if (chosen) void check(async () => fileSource(chosen));
}

/** Checks the draw that the address names, on the page of a service. */
function checkAddress(): void {
  if (location.hash.length < 2) return;
  const path = location.protocol === 'file:' ? undefined : recordPathOf(location.hash);
  if (path === undefined) status.replaceChildren(noticeOf((text) => text('unknownDraw')));
  else void check((signal) => fetchRecord(path, signal));
}

file.addEventListener('change', () => {
  checkFile(file.files?.[0]);
  // So that choosing the same file again checks it again.
  file.value = '';
});
cancel.addEventListener('click', () => current?.abort());
document.addEventListener('dragover', (event) => {
  event.preventDefault();
  drop.classList.add('over');
});
document.addEventListener('dragleave', () => drop.classList.remove('over'));
document.addEventListener('drop', (event) => {
  event.preventDefault();
  drop.classList.remove('over');
  checkFile(event.dataTransfer?.files[0]);
});
elementOf('served', HTMLElement).hidden = location.protocol === 'file:';
window.addEventListener('hashchange', checkAddress);
checkAddress();
