import { beforeEach, describe, expect, test } from 'vitest';
import { join, prefecture, useApi } from '../api/harness.ts';
import { openAlbum } from './album.ts';
import { languages, openForm } from './forms.ts';
import { withOwnNames } from './world.ts';

const album = openAlbum('forms');
/** Many forms, perhaps on a busy machine. */
const patient = { timeout: 60_000 };

// What is left over is known at the end.
describe('forms', { shuffle: false }, () => {
  describe('the form to join', () => {
    const api = useApi();
    beforeEach(async () => void (await api.store.prefectures.update(prefecture, withOwnNames)));

    test('shows and answers what it did when it is filled in well', patient, async () => {
      const { show, send, fill, keep } = openForm(api, album, 'join');
      await show('empty');
      await send('joined');
      await send('joined with all that can be said', (lang) => ({
        ...{ requestType: 'first', passport: `ab 12345 ${lang}`, passportCountry: 'algérie' },
        ...{ consular: `C-99 ${lang}`, consularCountry: 'Mali', birthDate: '1990-02-28' },
        ...{ nationality: 'مالي', phone: '06 12 34 56 78', sites: 'antony', days: '1' },
        ...{ from: '09:00', until: '12:00', notBefore: '2027-01-04', notAfter: '2027-02-01' },
      }));
      for (const lang of languages) {
        const fields = await fill();
        await keep('sent once', lang, fields);
        await keep('sent twice', lang, fields);
        await keep('another form by the same key', lang, { ...fields, name: 'Another Name' });
        const again = {
          ...fields,
          key: 'another-key-of-sixteen',
          work: await api.solution('join'),
        };
        await keep('a person who has an entry', lang, again);
        const spent = { ...(await fill()), work: fields.work ?? '' };
        await keep('work that was handed in before', lang, spent);
      }
      await album.compare();
    });

    test('says what is wrong as it did, beside each field and for the whole', patient, async () => {
      const { send } = openForm(api, album, 'join', 'join-faults');
      await send('nothing', { requestType: '', name: ' ', agdref: '', email: '', language: '' });
      await send('everything half', {
        ...{
          agdref: '123',
          passport: 'AB12345',
          passportCountry: 'Congo',
          consularCountry: 'Mali',
        },
        ...{ birthDate: '1990-02-30', nationality: 'Atlantis', email: 'ada@', phone: '06 12' },
        ...{ sites: 'antony', days: '9', from: '12:00', until: '09:00' },
        ...{ notBefore: '2027-02-01', notAfter: '2027-01-01' },
      });
      const passport = { passport: 'AB12345', passportCountry: 'MAR' };
      await send('a renewal without its number', { agdref: '', ...passport });
      await send('a birth date without a country', { agdref: '', birthDate: '1990-01-01' });
      await send('a document of no country', { agdref: '', passport: 'AB12345' });
      await send('a site that does not serve it', { sites: 'antony' });
      await send('something that would be a page', { name: '"><script>x</script>', email: '<b>' });
      await send('no work', { work: '' });
      await send('work for something else', { work: await api.solution('link') });
      api.state.registry = 'unknown';
      await send('a number that the registry does not know');
      api.state.registry = 'known';
      const contact = { email: 'family@example.org', phone: '06 12 34 56 78' };
      for (let one = 0; one < 5; one += 1) {
        await join(api, { contact: { email: contact.email } });
        await join(api, { contact: { phone: '+33612345678' } });
      }
      await send('an address of too many people', { email: contact.email });
      await send('a telephone of too many people', { phone: contact.phone });
      await album.compare();
    });

    test('of who lost the link is as it was', patient, async () => {
      const { show, send } = openForm(api, album, 'lost-link');
      await show('empty');
      await send('nothing', { email: '' });
      await send('half an address', { email: 'ada@' });
      await send('half a number', { phone: '06 12' });
      await send('no work', { email: 'ada@example.org', work: '' });
      await send('sent', { email: 'ada@example.org' });
      await send('sent to a telephone', { phone: '+33612345678' });
      await album.compare();
    });
  });

  describe('forms without work and without text messages', () => {
    const api = useApi({ workTries: 0, hasSms: false, requestsPerMinute: 6 });
    beforeEach(async () => void (await api.store.prefectures.update(prefecture, withOwnNames)));

    test('are as they were, also for who is stopped', patient, async () => {
      const join = openForm(api, album, 'join', 'plain-join');
      const link = openForm(api, album, 'lost-link', 'plain-lost-link');
      await join.show('empty');
      await link.show('empty');
      await join.send('a telephone alone', { email: '', phone: '06 12 34 56 78' });
      await link.send('a telephone alone', { phone: '06 12 34 56 78' });
      await link.send('sent', { email: 'ada@example.org' });
      await join.send('stopped', { name: 'Ada Lovelace' });
      await link.send('stopped', { email: 'ada@example.org' });
      await album.compare();
    });

    test('stop who only looks, too', patient, async () => {
      for (let looked = 0; looked < 61; looked += 1) {
        await api.send('GET', `/v1/prefectures/${prefecture}`);
      }
      const { show } = openForm(api, album, 'join', 'stopped');
      await show('a page of somebody who asks too often');
      await album.compare();
    });
  });

  test('every golden form is of a form that there is', () => {
    expect(album.leftOver()).toEqual([]);
  });
});
