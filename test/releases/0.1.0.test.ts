import { continuesRelease } from './continue.ts';
import { readsRelease, useRelease, verifiesRelease } from './replay.ts';

const release = useRelease('0.1.0');

readsRelease(release);
verifiesRelease(release);
continuesRelease(release);
