/** Why the report on abuse lists something. It stands in evidence files too. */
export const abuse = {
  notice:
    'Ce rapport compte et montre. Il ne décide de rien : personne n’est refusé, retardé ni retiré à cause de lui. Une famille, un foyer ou une association peuvent partager une adresse, un téléphone ou une connexion.',
  address_burst:
    '{count} inscriptions d’une même adresse IP (IPv4, ou IPv6 /64) en {burstMinutes} minutes. Seuil : {burst}.',
  network_burst:
    '{count} inscriptions d’un même réseau IPv6 /48 en {burstMinutes} minutes. Seuil : {burst}.',
  mail_domain:
    '{count} inscriptions avec ce domaine de messagerie, depuis {blocks} adresses seulement. Seuil : {domain}, et au plus une adresse pour trois inscriptions.',
  same_moment:
    '{count} inscriptions dans la même seconde, par des programmes qui se nomment pareil. Seuil : {moment}.',
  quick_codes:
    '{count} codes rendus moins de {quickSeconds} s après l’inscription, depuis une même adresse. Seuil : {quick}.',
  shared_phone: '{count} inscriptions avec un même numéro de téléphone. Seuil : {phone}.',
  declined_often:
    '{count} propositions refusées ou rendez-vous annulés par une même inscription. Seuil : {refusals}.',
  one_helper: '{count} inscriptions faites par un même agent ou accompagnant. Seuil : {helper}.',
} as const;
