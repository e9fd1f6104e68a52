import { type Api, prefecture } from '../api/harness.ts';
import { type Album, named, plainPage, written } from './album.ts';
import { askPage } from './world.ts';

export type Fields = Readonly<Record<string, string>>;
export const languages = ['fr', 'en'] as const;
type Lang = (typeof languages)[number];

/** Shows one form and sends it, in both languages; keeps what comes without what chance has made. */
export function openForm(api: Api, album: Album, form: 'join' | 'lost-link', file: string = form) {
  let people = 0;
  const fill = async (fields: Fields = {}): Promise<Fields> => {
    const work = await api.solution(form === 'join' ? 'join' : 'link');
    if (form === 'lost-link') return { work, ...fields };
    people += 1;
    const agdref = String(people).padStart(10, '0');
    return {
      ...{ key: `a-key-of-its-own-${agdref}`, work, requestType: 'renewal', language: 'fr' },
      ...{ name: 'Ada Exemple', agdref, email: `ada-${people}@example.org` },
      ...fields,
    };
  };
  const keep = async (title: string, lang: Lang, fields?: Fields): Promise<void> => {
    const answer = await askPage(api, `/p/${prefecture}/${form}?lang=${lang}`, fields);
    const made = /entries\/([0-9a-z]{16}).*?name="token" value="([^"]+)"/s.exec(answer.text);
    const [, id = '', token = ''] = made ?? [];
    const chance = { id, token, work: fields?.work ?? '' };
    album.add(`${file}.${lang}`, title, named(plainPage(written(answer)), chance));
  };
  return {
    fill,
    keep,
    /** The form before anything is filled in. */
    show: async (title: string) => {
      for (const lang of languages) await keep(title, lang);
    },
    /** The form filled in well, but for these fields. */
    send: async (title: string, fields: Fields | ((lang: Lang) => Fields) = {}) => {
      for (const lang of languages) {
        await keep(title, lang, await fill(typeof fields === 'function' ? fields(lang) : fields));
      }
    },
  };
}
