import { ownLanguage } from '../questionnaires/text';
import { fieldIn, type NoticeContent, type NoticeFields, noticeContent, type SpokenField } from './notice';

type UsualTexts = Pick<Record<SpokenField, string>, 'purpose' | 'contactName' | 'retention'>;

/** What can be said of any survey, in the languages the product ships. */
const usual: Record<string, UsualTexts> = {
  [ownLanguage]: {
    purpose:
      'To find out where people’s skills fall short of what their work needs, so that the right training can be planned.',
    contactName: 'the person or team that sent you the link to this survey',
    retention:
      'We keep your answers until the report of this survey is finished and its figures have been checked, and for 5 years at most after the survey closes.',
  },
  cy: {
    purpose:
      'Er mwyn gweld lle mae sgiliau pobl yn brin o’r hyn sydd ei angen ar eu gwaith, fel y gellir cynllunio’r hyfforddiant cywir.',
    contactName: 'y person neu’r tîm a anfonodd y ddolen i’r arolwg hwn atoch',
    retention:
      'Rydym yn cadw eich atebion nes bod adroddiad yr arolwg hwn wedi’i orffen a’i ffigurau wedi’u gwirio, ac am 5 mlynedd fan bellaf ar ôl i’r arolwg gau.',
  },
};

/** What a survey tells from its opening, until somebody says it better. */
export function usualNotice(controller: string, languages: readonly string[]): NoticeContent {
  const spoken = [ownLanguage, ...languages.filter((language) => language in usual)];
  const fields = spoken.flatMap((language) =>
    Object.entries(usual[language]!).map(([field, text]) => [fieldIn(field as SpokenField, language), text]),
  );
  const all: NoticeFields = { ...Object.fromEntries(fields), controller, lawfulBasis: 'public task' };
  return noticeContent(all, spoken.slice(1));
}
