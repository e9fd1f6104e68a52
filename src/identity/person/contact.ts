import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { z } from 'zod';

const LONGEST_EMAIL = 254;
/** Made once: making a schema costs many times what using it does. */
const Address = z.email();

/** An e-mail address, trimmed, its domain in lower case. The part before the @ may be case-sensitive. */
export const EmailAddress = z
  .string()
  .trim()
  .max(LONGEST_EMAIL)
  .refine((text) => Address.safeParse(text).success, 'must be an e-mail address')
  .overwrite(lowerCaseDomain)
  .meta({ format: 'email' });

/** A telephone number in any usual form; without a country code it is a French one. Kept as E.164. */
export const PhoneNumber = z
  .string()
  .trim()
  .max(40)
  .refine((text) => toE164(text) !== undefined, 'must be a telephone number')
  .overwrite((text) => toE164(text) ?? text);

/** Where a system of the person's choice receives messages. Always https; no name or password in it. */
export const WebhookAddress = z
  .url({ protocol: /^https$/ })
  .max(500)
  .refine((text) => {
    // Also asked about what is no address: another check refuses that.
    const url = URL.parse(text);
    return url === null || `${url.username}${url.password}${url.hash}` === '';
  }, 'must not hold credentials or a fragment');

/** A line of a postal address as post offices read it: Latin letters, one line of an envelope. */
const PostalLine = z
  .string()
  .trim()
  .min(1)
  .max(60)
  .regex(/^[\p{Script=Latin}\p{Mn}\d .,'’°ªº&()/-]+$/u, 'must be Latin letters and digits');

/** A postal address, without the name, as it shall stand on the envelope. */
export const PostalAddress = z.array(PostalLine).min(2).max(6);

function lowerCaseDomain(address: string): string {
  const at = address.lastIndexOf('@');
  return address.slice(0, at) + address.slice(at).toLowerCase();
}

function toE164(text: string): string | undefined {
  const number = parsePhoneNumberFromString(text, { defaultCountry: 'FR', extract: false });
  return number?.isValid() ? number.number : undefined;
}
