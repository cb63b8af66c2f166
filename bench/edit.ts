import { operator } from '../src/audit/actor';
import { newQuestion, questionKinds } from '../src/builder/question-kind';
import { elementsOf, unitsOf } from '../src/builder/unit';
import type { Definition } from '../src/questionnaires/definition';
import { createQuestionnaire } from '../src/questionnaires/questionnaires.commands';
import type { Browser } from './browser';
import { signInLead } from './lead';
import { percentile, rounded } from './percentiles';
import { startProductOn } from './product';
import type { Stage } from './stage';
import { openWorld, type World } from './world';

const size = { questions: 150, pages: 15 };
const edits = { warmUp: 15, measured: 100 };

/** A question of a questionnaire of 150, of all kinds, is changed, and the page after it is opened. */
export async function edit(stage: Stage): Promise<void> {
  const world = await openWorld(stage);
  const definition = largeDefinition();
  const id = await makeQuestionnaire(world, definition);
  const product = await startProductOn(stage, world);
  const lead = await signInLead(stage, product.url, world);
  lead.forgetToken();
  stage.say(`Editing a questionnaire of ${size.questions} questions`);
  const questions = definition.pages.flatMap((page) => unitsOf(page).map(({ first }) => first.name));
  await editsOf(lead, id, questions, edits.warmUp);
  const seen = await editsOf(lead, id, questions, edits.measured);
  print(
    stage,
    'change',
    seen.map(({ change }) => change),
  );
  print(
    stage,
    'page',
    seen.map(({ page }) => page),
  );
  print(
    stage,
    'change and page',
    seen.map(({ change, page }) => change + page),
  );
}

function print(stage: Stage, figure: string, times: number[]): void {
  stage.print({
    bench: 'edit',
    figure,
    questions: size.questions,
    p50Ms: rounded(percentile(times, 0.5)),
    p95Ms: rounded(percentile(times, 0.95)),
  });
}

/** Milliseconds until a saved change was answered, and until the page it leads to was there, one after the other. */
async function editsOf(lead: Browser, id: string, questions: string[], count: number) {
  const seen: { change: number; page: number }[] = [];
  while (seen.length < count) {
    const question = questions[(seen.length * 7) % questions.length]!;
    const address = `/questionnaires/${id}/questions/${question}`;
    const form = await lead.get(address);
    const fields = seenIn(form.text());
    const asked = performance.now();
    const saved = await lead.post(address, [
      ['seen', JSON.stringify(fields)],
      ...Object.entries({ ...fields, title: `Changed ${seen.length}` }),
    ]);
    const answered = performance.now();
    const page = await lead.get(saved.location.replace(/#.*/, ''));
    const shown = performance.now();
    if (saved.status !== 303 || page.status !== 200) {
      throw new Error(`${address} was answered with ${saved.status} and ${page.status}`);
    }
    seen.push({ change: answered - asked, page: shown - answered });
  }
  return seen;
}

/** What the form was filled with. */
function seenIn(page: string): Record<string, string> {
  const seen = /name="seen" value="([^"]*)"/.exec(page)?.[1];
  if (seen === undefined) throw new Error('The page has no form');
  const signs: Record<string, string> = {
    '&#34;': '"',
    '&quot;': '"',
    '&#39;': "'",
    '&lt;': '<',
    '&gt;': '>',
  };
  return JSON.parse(seen.replace(/&(#34|quot|#39|lt|gt);/g, (sign) => signs[sign]!).replaceAll('&amp;', '&'));
}

/** Ten questions on each page, in turn of every kind; from the second page on every third looks at the first question. */
function largeDefinition(): Definition {
  let definition: Definition = {
    title: 'Large',
    scale: [0, 1, 2, 3, 4].map((level) => ({ level, label: `Level ${level}`, descriptor: '' })),
    pages: Array.from({ length: size.pages }, (_, at) => ({
      name: `page-${at}`,
      title: `Page ${at}`,
      elements: [],
    })),
  };
  for (let number = 0; number < size.questions; number += 1) {
    const at = Math.floor((number * size.pages) / size.questions);
    const kind = questionKinds[number % questionKinds.length]!;
    const unit = newQuestion(kind.key, definition, `Question ${number}`);
    const condition = at > 0 && number % 3 === 0 ? { visibleIf: "{question-0} = 'choice-1'" } : {};
    const elements = elementsOf(unit).map((element) => ({ ...element, ...condition }));
    const page = definition.pages[at]!;
    definition = {
      ...definition,
      pages: definition.pages.with(at, { ...page, elements: [...page.elements, ...elements] }),
    };
  }
  return definition;
}

function makeQuestionnaire({ services, survey }: World, definition: Definition): Promise<string> {
  const { projectId } = survey;
  return services.db.transaction((trx) =>
    createQuestionnaire(trx, operator, { projectId, frameworkId: null, title: 'Large', definition }),
  );
}
