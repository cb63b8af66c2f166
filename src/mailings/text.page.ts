import type { FieldErrors, Meanwhile } from '../platform/form';
import type { Project } from '../projects/project';
import type { Survey } from '../surveys/survey';
import type { Page } from '../web/layout';
import { directionOf, ownNameOf } from '../web/words';
import type { WrittenLetter } from './letter.mail';
import { type Blank, blanksOf, textLimits } from './mail-text';
import { english, type MailingKind, type MailText } from './mailing';
import { crumbsToMailings, kindNames, mailingsOf } from './mailings.page';

export interface TextPage extends Page {
  languages: { lang: string; text: string; href: string; current: boolean }[];
  action: string;
  lang: string;
  dir: 'ltr' | 'rtl';
  values: MailText;
  seen: string;
  meanwhile: { name: string; was: string; is: string }[];
  limits: typeof textLimits;
  blanks: { blank: string; means: string }[];
  /** No text of ours speaks this language. */
  untranslated: boolean;
  preview: { subject: string; text: string; body: string; lang: string; dir: 'ltr' | 'rtl' };
  test: { action: string; to: string };
  usual: string | null;
}

const meanings: Record<Blank, string> = {
  name: 'The person’s name, where the list has one',
  link: 'Their personal link',
  title: 'The title of the survey, as it reads in this language',
  organisation: 'Your organisation’s name',
  closes: 'The last day to answer',
  minutes: 'How long it takes, such as “10 minutes”',
};

export interface TextFacts {
  kind: MailingKind;
  language: string;
  languages: readonly string[];
  current: MailText;
  isOwn: boolean;
  /** Do we bring a text in this language? */
  isUsual: boolean;
  preview: WrittenLetter;
  email: string;
}

export interface TextRetry {
  values: MailText;
  seen: string;
  errors?: FieldErrors;
  changes?: readonly Meanwhile[];
}

/** One e-mail in one language: what it says, and how it looks to whoever gets it. */
export function textPage(project: Project, survey: Survey, facts: TextFacts, retry?: TextRetry): TextPage {
  const { kind, language, languages, current, preview } = facts;
  const at = `${mailingsOf(survey)}/texts/${kind}`;
  const inLanguage = `?lang=${encodeURIComponent(language)}`;
  return {
    title: `The ${kindNames[kind].toLowerCase()}`,
    section: survey.name,
    audience: 'staff',
    breadcrumbs: crumbsToMailings(project, survey),
    ...(retry?.errors ? { errors: retry.errors } : {}),
    languages:
      languages.length > 1
        ? languages.map((lang) => ({
            lang,
            text: ownNameOf(lang),
            href: `${at}?lang=${encodeURIComponent(lang)}`,
            current: lang === language,
          }))
        : [],
    action: `${at}${inLanguage}`,
    lang: facts.isUsual || facts.isOwn || retry ? language : english,
    dir: directionOf(language),
    values: retry?.values ?? current,
    seen: retry?.seen ?? JSON.stringify(current),
    meanwhile: (retry?.changes ?? []).map(({ field, was, is }) => ({
      name: field === 'subject' ? 'The subject' : 'The text',
      was,
      is,
    })),
    limits: textLimits,
    blanks: blanksOf(kind).map((blank) => ({ blank: `{${blank}}`, means: meanings[blank] })),
    untranslated: !facts.isUsual && !facts.isOwn,
    preview: {
      subject: preview.subject,
      text: preview.text,
      body: bodyOf(preview.html),
      lang: preview.language,
      dir: directionOf(preview.language),
    },
    test: { action: `${at}/test${inLanguage}`, to: facts.email },
    usual: facts.isOwn ? `${at}/usual${inLanguage}` : null,
  };
}

/** What stands between the body's tags: made by us, everything in it escaped. */
function bodyOf(html: string): string {
  return /<body>([\s\S]*)<\/body>/.exec(html)![1]!;
}
