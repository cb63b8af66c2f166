import { addContacts } from '../src/contacts/contact-imports.commands';
import type { JobHandlers } from '../src/queue/jobs';
import { shuffleResponses } from '../src/responses/responses.commands';
import type { Services } from '../src/services';
import { foldResponses } from '../src/tallies/tallies.commands';
import { sweep } from './sweep';

/** All background work: a job's name, and the one call that does it. */
export function handlers(services: Services): JobHandlers {
  return {
    fold: ({ surveyId }) => foldResponses(services, surveyId),
    shuffle: ({ surveyId }) => shuffleResponses(services, surveyId),
    contacts: ({ importId }) => addContacts(services, importId),
    sweep: () => sweep(services),
  };
}
