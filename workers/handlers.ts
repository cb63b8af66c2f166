import { system } from '../src/audit/actor';
import { writeMention } from '../src/comments/comments.commands';
import { commentNews, makeDigests, writeDigest } from '../src/comments/digests.commands';
import { addContacts } from '../src/contacts/contact-imports.commands';
import { changedLetter, linkLetter } from '../src/entrance/link';
import { writeLink, writePasswordChanged } from '../src/entrance/links.commands';
import { type FileMakers, makeFile } from '../src/files/files.commands';
import { noteReturned, sendMailing } from '../src/mailings/sending.commands';
import { answersFileMakers } from '../src/microdata/microdata.commands';
import { keepInvitedTotals } from '../src/progress/invited.queries';
import type { JobHandlers } from '../src/queue/jobs';
import { fillQuotas } from '../src/quotas/quotas.commands';
import { writeInvitation } from '../src/readers/invitations.commands';
import { sendLetters } from '../src/readers/letters.commands';
import { recommendationNews } from '../src/recommendations/news.commands';
import { workOutRelease } from '../src/releases/working.commands';
import { shuffleResponses } from '../src/responses/responses.commands';
import { runRetention } from '../src/retention/retention.commands';
import type { Services } from '../src/services';
import { writeSignatureAsked } from '../src/signoffs/signatures-asked.commands';
import { reportFileMakers } from '../src/takeaways/takeaways.commands';
import { foldResponses } from '../src/tallies/tallies.commands';
import { gatherTexts } from '../src/texts/gathering.commands';
import { sweep } from './sweep';

/** What makes the files of each kind. */
const makers: FileMakers = { ...reportFileMakers, ...answersFileMakers };
/** Who writes each kind of letter about a report. */
const letterWriters = {
  invitation: writeInvitation,
  mention: writeMention,
  digest: writeDigest,
  signature: writeSignatureAsked,
  [linkLetter]: writeLink,
  [changedLetter]: writePasswordChanged,
};
/** What digests tell of. */
const newsSources = [commentNews, recommendationNews];

/** All background work: a job's name, and what does it. What takes long ends at once when it is told to stop, and begins again later. */
export function handlers(services: Services, stopping?: AbortSignal): JobHandlers {
  return {
    fold: async ({ surveyId }) => {
      await foldResponses(services, surveyId);
      await gatherTexts(services, surveyId);
      await fillQuotas(services, surveyId);
    },
    shuffle: ({ surveyId }) => shuffleResponses(services, surveyId),
    contacts: ({ importId }) => addContacts(services, importId),
    mail: ({ mailingId }) => sendMailing(services, mailingId),
    release: ({ releaseId }) => workOutRelease(services, releaseId, stopping),
    file: ({ fileId }) => makeFile(services, makers, fileId, stopping),
    digests: () => makeDigests(services, newsSources),
    letters: () => sendLetters(services, letterWriters),
    retention: async () => {
      await runRetention(services, system, keepInvitedTotals);
    },
    returned: () => noteReturned(services),
    sweep: () => sweep(services),
  };
}
