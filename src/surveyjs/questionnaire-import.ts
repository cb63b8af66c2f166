import type { Definition } from '../questionnaires/definition';
import { everywhere } from '../questionnaires/finding';
import type { AskedFramework } from './competencies';
import { readSurveyJsText, type SurveyJsReading } from './import';
import type { UnderstoodPage } from './pages';

/** The largest file of a questionnaire, in bytes. */
const largestFile = 5 * 1024 * 1024;

/** What was understood of a file, waiting to become a questionnaire. */
export interface ImportedQuestionnaire {
  title: string;
  framework: { id: string; title: string } | null;
  /** Null where the file is refused. */
  definition: Definition | null;
  pages: UnderstoodPage[];
  /** The text of a file that is refused only for what could be left out, so that nobody has to bring it again. */
  text: string | null;
}

/** Reads a SurveyJS file; a sentence where it is too large or no text. */
export function readSurveyJsFile(
  bytes: Uint8Array,
  name: string,
  framework?: AskedFramework,
): SurveyJsReading & { text: string } {
  const text = textOf(bytes);
  if (text !== null) return { ...readSurveyJsText(text, name, framework), text };
  const sentence =
    bytes.length > largestFile ? 'The file must be 5 MB or smaller.' : 'The file is not a text in UTF-8.';
  return {
    ...{ definition: null, title: name, pages: [], text: '' },
    notes: [{ what: 'refused', place: everywhere, sentence }],
  };
}

function textOf(bytes: Uint8Array): string | null {
  if (bytes.length > largestFile) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** What is kept of a reading until a lead has looked at it. */
export function importedFrom(
  { title, definition, pages, notes, text }: SurveyJsReading & { text: string },
  framework: AskedFramework | undefined,
  dropUnsupported: boolean,
): ImportedQuestionnaire {
  const mayBeLeftOut = !dropUnsupported && notes.some(({ what }) => what === 'unsupported');
  const isRefused = definition === null || mayBeLeftOut;
  return {
    title,
    framework: framework ? { id: framework.id, title: framework.title } : null,
    definition: isRefused ? null : definition,
    pages: isRefused ? [] : pages,
    text: mayBeLeftOut && definition !== null ? text : null,
  };
}
