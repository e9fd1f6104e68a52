import type { Finding, FindingKind, Thresholds } from '../../domain/abuse/report.ts';
import type { InEveryLanguage } from '../../domain/values.ts';

/** Stands in every report and in every evidence file. */
export const notice: InEveryLanguage = {
  fr:
    'Ce rapport compte et montre. Il ne décide de rien : personne n’est refusé, retardé ni retiré à cause de lui. ' +
    'Une famille, un foyer ou une association peuvent partager une adresse, un téléphone ou une connexion.',
  en:
    'This report counts and shows. It decides nothing: nobody is refused, delayed or removed because of it. ' +
    'A family, a hostel or an association may share an address, a telephone or a connection.',
};

type Write = (finding: Finding, thresholds: Thresholds) => InEveryLanguage;

const writers: Record<FindingKind, Write> = {
  address_burst: ({ count }, { burst, burstMinutes }) => ({
    fr: `${count} inscriptions d’une même adresse IP (IPv4, ou IPv6 /64) en ${burstMinutes} minutes. Seuil : ${burst}.`,
    en: `${count} joins of one address (IPv4, or IPv6 /64) within ${burstMinutes} minutes. Listed from ${burst}.`,
  }),
  network_burst: ({ count }, { burst, burstMinutes }) => ({
    fr: `${count} inscriptions d’un même réseau IPv6 /48 en ${burstMinutes} minutes. Seuil : ${burst * 4}.`,
    en: `${count} joins of one IPv6 /48 network within ${burstMinutes} minutes. Listed from ${burst * 4}.`,
  }),
  mail_domain: ({ count, blocks = 0 }, { domain }) => ({
    fr: `${count} inscriptions avec ce domaine de messagerie, depuis ${blocks} adresses seulement. Seuil : ${domain}, et au plus une adresse pour trois inscriptions.`,
    en: `${count} joins with this mail domain, from only ${blocks} addresses. Listed from ${domain}, with at most one address for three joins.`,
  }),
  same_moment: ({ count }, { moment }) => ({
    fr: `${count} inscriptions dans la même seconde, par des programmes qui se nomment pareil. Seuil : ${moment}.`,
    en: `${count} joins in the same second, by programs that call themselves alike. Listed from ${moment}.`,
  }),
  quick_codes: ({ count }, { quick, quickSeconds }) => ({
    fr: `${count} codes rendus moins de ${quickSeconds} s après l’inscription, depuis une même adresse. Seuil : ${quick}.`,
    en: `${count} codes came back within ${quickSeconds} s of joining, from one address. Listed from ${quick}.`,
  }),
  shared_phone: ({ count }, { phone }) => ({
    fr: `${count} inscriptions avec un même numéro de téléphone. Seuil : ${phone}.`,
    en: `${count} joins with one telephone number. Listed from ${phone}.`,
  }),
  declined_often: ({ count }, { refusals }) => ({
    fr: `${count} propositions refusées ou rendez-vous annulés par une même inscription. Seuil : ${refusals}.`,
    en: `${count} offers declined or appointments given up by one entry. Listed from ${refusals}.`,
  }),
  one_helper: ({ count }, { helper }) => ({
    fr: `${count} inscriptions faites par un même agent ou accompagnant. Seuil : ${helper}.`,
    en: `${count} entries made by one agent or helper. Listed from ${helper}.`,
  }),
};

/** Why something is listed, with the figures that it was measured by. Pure. */
export function whyListed(finding: Finding, thresholds: Thresholds): InEveryLanguage {
  return writers[finding.kind](finding, thresholds);
}
