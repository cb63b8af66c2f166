import { addContacts } from '../src/contacts/contact-imports.commands';
import { noteReturned, sendMailing } from '../src/mailings/sending.commands';
import type { JobHandlers } from '../src/queue/jobs';
import { fillQuotas } from '../src/quotas/quotas.commands';
import { shuffleResponses } from '../src/responses/responses.commands';
import type { Services } from '../src/services';
import { foldResponses } from '../src/tallies/tallies.commands';
import { sweep } from './sweep';

/** All background work: a job's name, and what does it. */
export function handlers(services: Services): JobHandlers {
  return {
    fold: async ({ surveyId }) => {
      await foldResponses(services, surveyId);
      await fillQuotas(services, surveyId);
    },
    shuffle: ({ surveyId }) => shuffleResponses(services, surveyId),
    contacts: ({ importId }) => addContacts(services, importId),
    mail: ({ mailingId }) => sendMailing(services, mailingId),
    returned: () => noteReturned(services),
    sweep: () => sweep(services),
  };
}
