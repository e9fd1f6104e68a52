import type { Challenge, Solution } from 'altcha-lib';
import { minuteMs } from '../../../base/units.ts';
import type { Source, Translation } from '../../../texts/translation.ts';
import { elementOf } from '../../kit/browser/element.ts';

type Texts = Translation<Source['workInBrowser']>;

/** The bundled worker, put in when the page is made. */
declare const WORKER_SOURCE: string;
/** What there is to say, by language: none of it has arguments. */
declare const TEXTS: Readonly<Record<string, Texts>>;

/** A solution is good for twenty minutes: it is made anew before that. */
const RENEW_MS = 15 * minuteMs;
const SLOW_MS = 15_000;

// The script stands before the form, to take away at once what is for browsers that cannot run it.
const form = () => elementOf('work-form', HTMLFormElement);
const field = () => elementOf('work', HTMLInputElement);
const state = () => elementOf('work-state', HTMLElement);

let isReady = false;
let isWorking = false;
/** The person has pressed the button: what is missing is the work. */
let isWanted = false;
let isSent = false;

function say(message: keyof Texts): void {
  const element = state();
  element.textContent = TEXTS[document.documentElement.lang]?.[message] ?? '';
  element.className = message === 'failed' ? 'error' : 'hint';
}

/** Asks for a challenge and solves it, while the person fills in the form. */
async function work(): Promise<void> {
  if (isWorking) return;
  isWorking = true;
  isReady = false;
  field().value = '';
  say(isWanted ? 'waiting' : 'working');
  const slow = setTimeout(() => say(isWanted ? 'waiting' : 'slow'), SLOW_MS);
  try {
    const answer = await fetch(form().dataset.challenge ?? '', { cache: 'no-store' });
    if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
    if (answer.status === 200) field().value = await solve(await answer.json());
    isReady = true;
  } catch {
    isWanted = false;
    say('failed');
  } finally {
    clearTimeout(slow);
    isWorking = false;
  }
  if (!isReady) return;
  if (isWanted) return send();
  say('ready');
  setTimeout(work, RENEW_MS);
}

/** @throws Error where this browser cannot */
function solve(challenge: Challenge): Promise<string> {
  const url = URL.createObjectURL(new Blob([WORKER_SOURCE], { type: 'text/javascript' }));
  const worker = new Worker(url);
  URL.revokeObjectURL(url);
  return new Promise<string>((resolve, reject) => {
    worker.addEventListener('error', () => reject(new Error('no worker')));
    worker.addEventListener('message', ({ data: solution }: MessageEvent<Solution | null>) => {
      if (solution === null) reject(new Error('no solution'));
      else resolve(btoa(JSON.stringify({ challenge, solution })));
    });
    worker.postMessage(challenge);
  }).finally(() => worker.terminate());
}

function send(): void {
  isSent = true;
  say('sending');
  form().submit();
}

function onSubmit(event: SubmitEvent): void {
  event.preventDefault();
  if (isSent) return;
  if (isReady) {
    send();
    return;
  }
  isWanted = true;
  say('waiting');
  void work();
}

elementOf('no-script', HTMLElement).remove();

document.addEventListener('DOMContentLoaded', () => {
  form().addEventListener('submit', onSubmit);
  // Handed in with the form before, and still good.
  isReady = field().value !== '';
  if (isReady) say('ready');
  else void work();
});

// A page that the browser kept, and shows again: its solution is spent.
addEventListener('pageshow', ({ persisted }) => {
  if (!persisted) return;
  isSent = false;
  isWanted = false;
  void work();
});
