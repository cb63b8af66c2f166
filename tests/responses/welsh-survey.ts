import { operator } from '../../src/audit/actor';
import { changeQuestionnaire } from '../../src/edits/edits.commands';
import type { Definition } from '../../src/questionnaires/definition';
import { publishQuestionnaire } from '../../src/questionnaires/questionnaires.commands';
import { openSurvey } from '../../src/surveys/surveys.commands';
import { textsOf, translate } from '../../src/translations/translatable';
import { makeSurvey } from '../support/make';
import type { World } from '../support/world';

/** A survey whose texts say in Welsh what they say in English, in brackets; and whose interface says a little Polish. */
export async function makeWelshSurvey(
  { services, db }: World,
  code: string,
  promise: 'anonymous' | 'confidential' = 'anonymous',
) {
  const first = await makeSurvey(services, { promise });
  const version = await db('questionnaire_versions').where({ id: first.versionId }).first();
  const now = services.clock.now();
  return db.transaction(async (trx) => {
    const questionnaireId: string = version.questionnaire_id;
    const say = (language: string, entriesOf: (definition: Definition) => [string, string][]) =>
      changeQuestionnaire(
        trx,
        operator,
        questionnaireId,
        (definition) => ({
          edit: translate(definition, language, new Map(entriesOf(definition))),
          summary: 'Translated',
        }),
        now,
      );
    await say('cy', (definition) =>
      textsOf(definition)
        .filter(({ key }) => !key.startsWith('question:A2:'))
        .map(({ key, own }) => [key, `[${own}]`]),
    );
    await say('pl', () => [
      ['questionnaire:title', 'Jak słuchasz?'],
      ['interface:start', 'Zacznij'],
      ['interface:pageOf', 'Strona %place z %pages'],
    ]);
    const versionId = await publishQuestionnaire(trx, operator, questionnaireId, now);
    const opening = { versionId, code, name: 'Arolwg', promise, dimensions: ['profession'], threshold: 11 };
    return openSurvey(trx, operator, opening, now);
  });
}
