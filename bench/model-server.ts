import { readFileSync } from 'node:fs';
import { Model } from 'survey-core';
import type { Definition } from '../src/questionnaires/definition';
import { serveBare } from './bare-server';

// A page as survey-core itself would take it: its model made of the definition for each request, the answers put in, the
// page validated, what the model holds kept. The definition's file is the second argument.

const definition: Definition = JSON.parse(readFileSync(process.argv[3]!, 'utf8'));

serveBare((req) => {
  const number = /\/pages\/(\d+)$/.exec(req.path)?.[1];
  if (!number) return req.body;
  const model = new Model(definition);
  const page = model.pages[Number(number) - 1]!;
  for (const question of page.questions) {
    const typed = req.body[question.name];
    const choice = question.choices?.find(({ value }: { value: unknown }) => String(value) === typed);
    if (typed !== undefined) question.value = choice ? choice.value : typed;
  }
  if (!page.validate(false)) throw new Error(`The model refuses page ${number}`);
  return model.data;
});
