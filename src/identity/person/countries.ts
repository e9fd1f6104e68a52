/** ISO 3166-1: two letters, then the three that stand on passports. Kosovo as its passports write it. */
const codes = `
ADAND AEARE AFAFG AGATG AIAIA ALALB AMARM AOAGO AQATA ARARG ASASM ATAUT AUAUS AWABW AXALA AZAZE BABIH BBBRB
BDBGD BEBEL BFBFA BGBGR BHBHR BIBDI BJBEN BLBLM BMBMU BNBRN BOBOL BQBES BRBRA BSBHS BTBTN BWBWA BYBLR BZBLZ
CACAN CDCOD CFCAF CGCOG CHCHE CICIV CKCOK CLCHL CMCMR CNCHN COCOL CRCRI CUCUB CVCPV CWCUW CYCYP CZCZE DEDEU
DJDJI DKDNK DMDMA DODOM DZDZA ECECU EEEST EGEGY EHESH ERERI ESESP ETETH FIFIN FJFJI FKFLK FMFSM FOFRO FRFRA
GAGAB GBGBR GDGRD GEGEO GFGUF GGGGY GHGHA GIGIB GLGRL GMGMB GNGIN GPGLP GQGNQ GRGRC GTGTM GUGUM GWGNB GYGUY
HKHKG HNHND HRHRV HTHTI HUHUN IDIDN IEIRL ILISR IMIMN ININD IQIRQ IRIRN ISISL ITITA JEJEY JMJAM JOJOR JPJPN
KEKEN KGKGZ KHKHM KIKIR KMCOM KNKNA KPPRK KRKOR KWKWT KYCYM KZKAZ LALAO LBLBN LCLCA LILIE LKLKA LRLBR LSLSO
LTLTU LULUX LVLVA LYLBY MAMAR MCMCO MDMDA MEMNE MFMAF MGMDG MHMHL MKMKD MLMLI MMMMR MNMNG MOMAC MPMNP MQMTQ
MRMRT MSMSR MTMLT MUMUS MVMDV MWMWI MXMEX MYMYS MZMOZ NANAM NCNCL NENER NFNFK NGNGA NINIC NLNLD NONOR NPNPL
NRNRU NUNIU NZNZL OMOMN PAPAN PEPER PFPYF PGPNG PHPHL PKPAK PLPOL PMSPM PRPRI PSPSE PTPRT PWPLW PYPRY QAQAT
REREU ROROU RSSRB RURUS RWRWA SASAU SBSLB SCSYC SDSDN SESWE SGSGP SHSHN SISVN SKSVK SLSLE SMSMR SNSEN SOSOM
SRSUR SSSSD STSTP SVSLV SXSXM SYSYR SZSWZ TCTCA TDTCD TGTGO THTHA TJTJK TKTKL TLTLS TMTKM TNTUN TOTON TRTUR
TTTTO TVTUV TWTWN TZTZA UAUKR UGUGA USUSA UYURY UZUZB VAVAT VCVCT VEVEN VGVGB VIVIR VNVNM VUVUT WFWLF WSWSM
XKRKS YEYEM YTMYT ZAZAF ZMZMB ZWZWE`;

/** What passports write for people without a country's nationality, and of what people call it. */
const others: Readonly<Record<string, string>> = {
  UNO: 'UNO',
  UNA: 'UNA',
  XXA: 'XXA',
  XXB: 'XXB',
  XXC: 'XXC',
  APATRIDE: 'XXA',
  STATELESS: 'XXA',
  REFUGIE: 'XXB',
  REFUGEE: 'XXB',
  ANGLETERRE: 'GBR',
  ENGLAND: 'GBR',
  RDC: 'COD',
  DRC: 'COD',
  'REPUBLIQUE DEMOCRATIQUE DU CONGO': 'COD',
  'DEMOCRATIC REPUBLIC OF THE CONGO': 'COD',
  CENTRAFRIQUE: 'CAF',
  BIRMANIE: 'MMR',
  BURMA: 'MMR',
  'CAP VERT': 'CPV',
  'COTE D IVOIRE': 'CIV',
  'IVORY COAST': 'CIV',
  PALESTINE: 'PSE',
  TURKEY: 'TUR',
  TCHEQUIE: 'CZE',
  UK: 'GBR',
  'U S A': 'USA',
};

/** In which a country may be named: what most of those write who apply in France. */
const languages = [
  'fr',
  'en',
  'ar',
  'es',
  'pt',
  'tr',
  'ru',
  'uk',
  'zh',
  'bn',
  'ur',
  'fa',
  'ps',
  'ta',
  'sq',
  'ro',
  'ka',
  'hy',
  'vi',
  'de',
  'it',
  'ku',
  'am',
  'so',
  'sr',
];

/** Longer than any name of a country. */
const LONGEST = 100;

/** Finds the country that somebody wrote: its code as on a passport, or its name. */
export type FindCountry = (written: string) => string | undefined;

/**
 * Makes the list of names, in many languages, by the runtime's own: about 5,000. A name answers with
 * its code of three letters, whatever its accents and capitals; what is no country, with undefined.
 */
export function createFindCountry(): FindCountry {
  const found = new Map(Object.entries(others));
  for (const pair of codes.trim().split(/\s+/)) found.set(pair.slice(2), pair.slice(2));
  for (const language of languages) {
    const names = new Intl.DisplayNames(language, { type: 'region', fallback: 'none' });
    for (const pair of codes.trim().split(/\s+/)) {
      const name = plain(names.of(pair.slice(0, 2)) ?? '');
      if (name !== '' && !found.has(name)) found.set(name, pair.slice(2));
    }
  }
  // There are two: who writes only this is asked which.
  found.delete('CONGO');
  return (written) => found.get(plain(written.slice(0, LONGEST)));
}

function plain(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
