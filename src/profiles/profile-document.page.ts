import type { PdfBlock, PdfContent, PdfItem, PdfMark } from '../platform/pdf';
import { drawLevelRows, type Mark } from '../web/level-rows';
import type { Words } from '../web/words';
import type { ProfilePage, SkillGroup, TrainingSkill } from './profile.page';

const roomForReflections = 170;
/** A competency and the first of its offers. */
const roomForTraining = 100;

/** The profile on paper: what the page says, with room for notes. */
export function profileDocument(page: ProfilePage, words: Words, made: Date): PdfContent {
  const survey = page.section ?? '';
  return {
    title: `${page.title}: ${survey}`,
    lang: words.lang,
    made,
    footer: survey,
    pageNumber: (place, pages) => words.say('pageOf', { place, pages }),
    blocks: [
      { kind: 'heading', level: 1, text: page.title },
      { kind: 'paragraph', text: survey },
      { kind: 'paragraph', text: words.say('profileMadeOn', { day: words.date(made) }) },
      ...page.introduction.map(paragraph),
      ...pictureBlocks(page.picture),
      { kind: 'heading', level: 2, text: page.strengths.heading },
      paragraph(page.strengths.sentence),
      ...page.strengths.groups.flatMap((group) => groupBlocks(group)),
      { kind: 'heading', level: 2, text: page.training.heading },
      paragraph(page.training.sentence),
      ...page.training.skills.flatMap(trainingBlocks),
      ...othersBlocks(page.others),
      { kind: 'heading', level: 2, text: words.say('profileReflections'), with: roomForReflections + 60 },
      paragraph(words.say('profileReflectionsText')),
      { kind: 'box', alt: words.say('profileReflections'), height: roomForReflections },
    ],
  };
}

/** "CYPMH26-profile-2026-11-21.pdf". */
export function fileNameOf(code: string, day: string): string {
  return `${code}-profile-${day}.pdf`;
}

function paragraph(text: string): PdfBlock {
  return { kind: 'paragraph', text };
}

function pictureBlocks(picture: ProfilePage['picture']): PdfBlock[] {
  if (!picture) return [];
  const { width, height, marks } = drawLevelRows(picture.rows);
  const { description } = picture.rows;
  return [
    { kind: 'heading', level: 2, text: picture.heading },
    { kind: 'figure', alt: description, width, height, marks: marks.map(onPaper) },
    { kind: 'table', ...picture.table },
  ];
}

const lines = {
  grid: { thickness: 0.8, colour: '#768692' },
  between: { thickness: 7, colour: '#8cb8df' },
  needed: { thickness: 4, colour: '#004281' },
};

function onPaper(mark: Mark): PdfMark {
  if (mark.kind === 'line') {
    const { look, ...where } = mark;
    return { ...where, ...lines[look] };
  }
  if (mark.kind === 'dot') return { ...mark, colour: '#212b32' };
  const { look, end, ...words } = mark;
  return { ...words, anchor: end ? 'end' : 'start', strong: look === 'strong' };
}

function groupBlocks({ heading, skills }: SkillGroup): PdfBlock[] {
  const items = skills.map(
    ({ title, words }): PdfItem => ({ name: title, lines: words === '' ? [] : [words] }),
  );
  return [
    { kind: 'heading', level: 3, text: heading },
    { kind: 'list', items },
  ];
}

function othersBlocks({ heading, groups }: ProfilePage['others']): PdfBlock[] {
  if (groups.length === 0) return [];
  return [{ kind: 'heading', level: 2, text: heading }, ...groups.flatMap(groupBlocks)];
}

function trainingBlocks({ title, domain, words, sentence, offers }: TrainingSkill): PdfBlock[] {
  const items = offers.map(
    (offer): PdfItem => ({
      name: offer.title,
      ...(offer.href ? { href: offer.href } : {}),
      lines: [offer.provider, offer.words, offer.href].filter((line) => line !== ''),
    }),
  );
  return [
    { kind: 'heading', level: 3, text: title, with: roomForTraining },
    paragraph(`${domain}. ${words}`),
    ...(sentence === '' ? [] : [paragraph(sentence)]),
    ...(items.length > 0 ? [{ kind: 'list', items } as const] : []),
  ];
}
