import type { abuse as french } from '../fr/abuse.ts';
import type { Translation } from '../translation.ts';

export const abuse = {
  notice:
    'This report counts and shows. It decides nothing: nobody is refused, delayed or removed because of it. A family, a hostel or an association may share an address, a telephone or a connection.',
  address_burst:
    '{count} joins of one address (IPv4, or IPv6 /64) within {burstMinutes} minutes. Listed from {burst}.',
  network_burst:
    '{count} joins of one IPv6 /48 network within {burstMinutes} minutes. Listed from {burst}.',
  mail_domain:
    '{count} joins with this mail domain, from only {blocks} addresses. Listed from {domain}, with at most one address for three joins.',
  same_moment:
    '{count} joins in the same second, by programs that call themselves alike. Listed from {moment}.',
  quick_codes:
    '{count} codes came back within {quickSeconds} s of joining, from one address. Listed from {quick}.',
  shared_phone: '{count} joins with one telephone number. Listed from {phone}.',
  declined_often:
    '{count} offers declined or appointments given up by one entry. Listed from {refusals}.',
  one_helper: '{count} entries made by one agent or helper. Listed from {helper}.',
} satisfies Translation<typeof french>;
