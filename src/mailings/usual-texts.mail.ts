import type { Survey } from '../surveys/survey';
import type { MailingKind, MailText } from './mailing';

type Promised = Survey['promise'];

/** What is said until somebody says it better, in the languages the product ships. */
const usual: Record<string, Record<MailingKind, (promise: Promised) => MailText>> = {
  en: {
    invitation: (promise) => ({
      subject: 'Please take part: {title}',
      body: `Hello {name},

{organisation} asks you to take part in a survey: {title}

It takes about {minutes}. You can stop at any time and go on later, also on another device. You can answer until {closes}.

This link is for you alone. Please do not pass it on:
{link}

${promised.en[promise]}

Taking part is up to you.

{organisation}`,
    }),
    reminder: (promise) => ({
      subject: 'Reminder: {title}',
      body: `Hello {name},

A while ago {organisation} asked you to take part in a survey: {title}

Your answers had not arrived when this e-mail was made. If you have sent them since, thank you. There is nothing more to do.

It takes about {minutes}, and what you have filled in already is still there. You can answer until {closes}.

This link is for you alone. Please do not pass it on:
{link}

${promised.en[promise]}

Taking part is up to you.

{organisation}`,
    }),
    thanks: (promise) => ({
      subject: 'Thank you: {title}',
      body: `Hello {name},

${
  promise === 'anonymous'
    ? 'This e-mail goes to everybody who was invited to the survey {title}, for nobody knows who has answered. If you did: thank you.'
    : 'Thank you for your answers to the survey {title}.'
}

They help to plan the training that people need for their work.

{organisation}`,
    }),
  },
  cy: {
    invitation: (promise) => ({
      subject: 'Cymerwch ran: {title}',
      body: `Helo {name},

Mae {organisation} yn gofyn i chi gymryd rhan mewn arolwg: {title}

Mae’n cymryd tua {minutes}. Gallwch stopio unrhyw bryd a mynd ymlaen yn nes ymlaen, hefyd ar ddyfais arall. Gallwch ateb tan {closes}.

I chi yn unig y mae’r ddolen hon. Peidiwch â’i rhannu ag eraill:
{link}

${promised.cy[promise]}

Eich dewis chi yw cymryd rhan.

{organisation}`,
    }),
    reminder: (promise) => ({
      subject: 'Nodyn atgoffa: {title}',
      body: `Helo {name},

Beth amser yn ôl gofynnodd {organisation} i chi gymryd rhan mewn arolwg: {title}

Nid oedd eich atebion wedi cyrraedd pan wnaed yr e-bost hwn. Os ydych wedi’u hanfon ers hynny, diolch. Does dim mwy i’w wneud.

Mae’n cymryd tua {minutes}, ac mae’r hyn rydych wedi’i lenwi eisoes yno o hyd. Gallwch ateb tan {closes}.

I chi yn unig y mae’r ddolen hon. Peidiwch â’i rhannu ag eraill:
{link}

${promised.cy[promise]}

Eich dewis chi yw cymryd rhan.

{organisation}`,
    }),
    thanks: (promise) => ({
      subject: 'Diolch: {title}',
      body: `Helo {name},

${
  promise === 'anonymous'
    ? 'Mae’r e-bost hwn yn mynd at bawb a gafodd wahoddiad i’r arolwg {title}, gan nad oes neb yn gwybod pwy sydd wedi ateb. Os gwnaethoch chi: diolch.'
    : 'Diolch am eich atebion i’r arolwg {title}.'
}

Maen nhw’n helpu i gynllunio’r hyfforddiant sydd ei angen ar bobl ar gyfer eu gwaith.

{organisation}`,
    }),
  },
};

/** Templates above are read when they are asked for, long after this stands. */
const promised: Record<'en' | 'cy', Record<Promised, string>> = {
  en: {
    anonymous:
      'Your answers are anonymous. The link is yours so that you can stop and go on. Once you have sent your answers, nothing we keep tells which are yours, and nobody is told whether you took part.',
    confidential:
      'Your answers are confidential. Only the people named in the survey’s privacy notice can see which are yours. Your manager and the readers of the report cannot.',
  },
  cy: {
    anonymous:
      'Mae eich atebion yn ddienw. Eich dolen chi yw hi er mwyn i chi allu stopio a mynd ymlaen. Ar ôl i chi anfon eich atebion, nid oes dim a gadwn yn dweud pa rai yw eich rhai chi, ac ni ddywedir wrth neb a wnaethoch gymryd rhan.',
    confidential:
      'Mae eich atebion yn gyfrinachol. Dim ond y bobl a enwir yn hysbysiad preifatrwydd yr arolwg all weld pa rai yw eich rhai chi. Ni all eich rheolwr na darllenwyr yr adroddiad eu gweld.',
  },
};

/** The text of a kind in a language; in those the product does not speak, in English. */
export function usualText(kind: MailingKind, language: string, promise: Promised): MailText {
  return (usual[language] ?? usual.en!)[kind](promise);
}

/** Does the product bring this text in the language itself? */
export function isUsualIn(language: string): boolean {
  return Object.hasOwn(usual, language);
}

/** What stands below every e-mail: how to get no more. */
export function footerIn(language: string, organisation: string): string {
  return language === 'cy'
    ? `Rydych yn cael yr e-bost hwn am fod eich cyfeiriad ar restr ${organisation} ar gyfer yr arolwg hwn. Os nad ydych am gael rhagor o e-byst am ei arolygon, agorwch y ddolen hon:`
    : `You get this e-mail because your address is on the list of ${organisation} for this survey. To get no more e-mails about its surveys, open this link:`;
}
