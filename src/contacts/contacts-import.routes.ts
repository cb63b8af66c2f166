import { type Request, type Response, Router } from 'express';
import type { Actor } from '../audit/actor';
import type { Database } from '../platform/database';
import { formatDateTime } from '../platform/dates';
import type { FieldErrors } from '../platform/form';
import { forbidden } from '../platform/problem';
import { findCoordinated } from '../projects/projects.queries';
import { type Visit, visitProject } from '../projects/visit.routes';
import type { Services } from '../services';
import { hasErrors, type ImportKind, type StagedImport } from '../staging/staged-import';
import { stageImport } from '../staging/staging.commands';
import type { Survey } from '../surveys/survey';
import { getSurvey, lockSurvey } from '../surveys/surveys.queries';
import { show } from '../web/layout';
import { readId } from '../web/params';
import { uploadOf } from '../web/uploads';
import { listRefusal } from './contact';
import { askedOf, beginContactImport, tooMany } from './contact-imports.commands';
import { type ContactImport, findImport, listImports } from './contact-imports.queries';
import { listKnownAddresses } from './contacts.queries';
import type { Asked, ContactsReading } from './contacts-file';
import {
  contactImportPage,
  contactsPreview,
  contactsUploadPage,
  type ImportedContacts,
  outcomeInWords,
} from './contacts-import.page';
import { readContactsFile, readContactsText } from './contacts-source';
import { listRefused } from './mail-refusals.queries';
import { addressHash } from './unsubscribe-token';

/** The newest imports that are listed. */
const mostListed = 10;

/**
 * Lists of people, looked at and applied by the engine of staged imports: those of whoever runs a survey, and those of a
 * coordinator, which nobody else sees.
 */
export function contactsImports(services: Services): ImportKind<ImportedContacts>[] {
  const kind: Omit<ImportKind<ImportedContacts>, 'kind' | 'right' | 'ofOneAccount' | 'cancelled'> = {
    keepsNothing: true,
    address: ({ id, subjectId }) => `/surveys/${subjectId}/contacts/imports/${id}`,
    preview: async (db, project, staged) => preview(services, db, project.organisationId, staged),
    apply: (trx, actor, staged, { now }) => apply(trx, actor, staged, now),
    afterwards: async ({ id }) => services.queue.add('contacts', { importId: id }),
  };
  return [
    {
      ...kind,
      kind: 'contacts',
      right: 'run the survey',
      cancelled: ({ subjectId }) => `/surveys/${subjectId}/contacts`,
    },
    {
      ...kind,
      kind: 'contacts of an organisation',
      right: 'coordinate an organisation',
      ofOneAccount: true,
      cancelled: ({ subjectId }) => `/surveys/${subjectId}/contacts/imports`,
    },
  ];
}

async function preview(
  { clock, secret }: Services,
  db: Database,
  organisationId: string,
  staged: StagedImport<ImportedContacts>,
) {
  const survey = await getSurvey(db, staged.subjectId!);
  const { contacts, organisation } = staged.understood;
  const asking = await askedOf(db, survey, organisation?.code ?? null);
  const refusal = listRefusal(survey, clock.now()) ?? (await tooMany(db, survey.id, contacts.length));
  if (organisation)
    return contactsPreview(survey, staged, asking, contacts, { known: 0, refused: [], refusal });
  const hashes = contacts.map(({ email }) => addressHash(secret, email));
  const known = await listKnownAddresses(db, survey.id, hashes);
  const refused = await listRefused(db, organisationId, hashes);
  const hash = (index: number) => hashes[index]!.toString('hex');
  const fresh = contacts.filter((_, index) => !known.has(hash(index)) && !refused.has(hash(index)));
  const asked = contacts.filter((_, index) => refused.has(hash(index)) && !known.has(hash(index)));
  const met = { known: known.size, refused: asked.map(({ email }) => email), refusal };
  return contactsPreview(survey, staged, asking, fresh, met);
}

async function apply(
  trx: Database,
  actor: Actor,
  { id, subjectId, fileName, understood }: StagedImport<ImportedContacts>,
  now: Date,
) {
  const survey = await lockSurvey(trx, subjectId!, 'shared'); // Nobody closes it or deletes its list meanwhile.
  const { contacts, leftOut, organisation } = understood;
  if (organisation) await refuseUnlessCoordinated(trx, actor, survey, organisation.code);
  const people = { id, contacts, leftOut, fileName, organisation: organisation?.code ?? '' };
  await beginContactImport(trx, actor, survey, people, now);
  return { subjectId: survey.id, notice: 'The people are being added' };
}

/** Since a coordinator brought the list, the lead may have named another. */
async function refuseUnlessCoordinated(
  trx: Database,
  actor: Actor,
  { projectId }: Survey,
  organisation: string,
): Promise<void> {
  const own = actor.kind === 'account' ? await findCoordinated(trx, projectId, actor.accountId) : undefined;
  if (own !== organisation) throw forbidden('You do not coordinate this organisation any more.');
}

/** Where lists of people are brought in, and how far they have come. */
export function contactsImportRoutes(services: Services): Router {
  const { db, clock } = services;
  const router = Router();
  const view = 'surveys/contact-imports';

  router.get('/surveys/:id/contacts/imports', async (req, res) => {
    const visit = await visitToInvite(req, res);
    show(res, view, await uploadPage(visit));
  });

  router.post('/surveys/:id/contacts/imports', async (req, res) => {
    const visit = await visitToInvite(req, res);
    const { project, survey, account, asked } = visit;
    const list = typeof req.body.list === 'string' ? req.body.list : '';
    const errors = sentErrors(res, list) ?? refusalErrors(survey);
    if (errors) return show(res, view, await uploadPage(visit, { list, errors }));
    const { fileName, reading } = await readSent(res, list, asked);
    const { contacts, leftOut, findings } = reading;
    const { organisation } = asked;
    const understood: ImportedContacts = {
      contacts: hasErrors(findings) ? [] : contacts,
      leftOut,
      organisation,
    };
    const kind = organisation ? 'contacts of an organisation' : 'contacts';
    const staged = { kind, projectId: project.id, subjectId: survey.id, fileName, understood, findings };
    const id = await db.transaction((trx) => stageImport(trx, account.id, staged, clock.now()));
    res.redirect(303, `/imports/${id}`);
  });

  router.get('/surveys/:id/contacts/imports/:import', async (req, res) => {
    const { project, survey, account, asked } = await visitToInvite(req, res);
    const found = await findImport(db, survey.id, readId(req, 'Import', 'import'));
    const isCoordinators = asked.organisation !== null;
    if (!found || (isCoordinators && found.accountId !== account.id)) {
      return res.redirect(303, `/surveys/${survey.id}/contacts${isCoordinators ? '/imports' : ''}`);
    }
    const how = { isCoordinators, isStill: req.query.still !== undefined };
    show(res, 'surveys/contact-import', contactImportPage(project, survey, found, how));
  });

  /** Whoever runs a survey invites anybody; a coordinator invites the people of the one organisation they coordinate. */
  async function visitToInvite(req: Request, res: Response) {
    const survey = await getSurvey(db, readId(req, 'Survey'));
    const visit = await visitProject(services, res, survey.projectId, 'see the survey');
    const organisation = await organisationOf(visit);
    return { ...visit, survey, asked: await askedOf(db, survey, organisation) };
  }

  async function organisationOf({ may, project, account }: Visit): Promise<string | null> {
    if (may('run the survey')) return null;
    if (!may('coordinate an organisation')) throw forbidden();
    const organisation = await findCoordinated(db, project.id, account.id);
    if (organisation === undefined) {
      throw forbidden('The project lead has not said yet which organisation you coordinate. Ask them to.');
    }
    return organisation;
  }

  async function uploadPage(
    { project, survey, account, asked }: Awaited<ReturnType<typeof visitToInvite>>,
    typed: { list?: string; errors?: FieldErrors } = {},
  ) {
    const isCoordinators = asked.organisation !== null;
    const whose = isCoordinators ? { accountId: account.id } : {};
    const imports = await listImports(db, survey.id, { ...whose, limit: mostListed });
    const listed = imports.map((one) => asListed(one, survey.id, isCoordinators));
    const refusal = typed.errors ? null : listRefusal(survey, clock.now());
    return contactsUploadPage(project, survey, asked, listed, { ...typed, refusal });
  }

  function refusalErrors(survey: Survey): FieldErrors | undefined {
    const refusal = listRefusal(survey, clock.now());
    return refusal ? { file: refusal } : undefined;
  }

  return router;
}

const pasted = 'a pasted list';

async function readSent(
  res: Response,
  list: string,
  asked: Asked,
): Promise<{ fileName: string; reading: ContactsReading }> {
  const { file } = uploadOf(res);
  return file
    ? { fileName: file.name, reading: await readContactsFile(file.bytes, asked) }
    : { fileName: pasted, reading: readContactsText(list, asked) };
}

/** Whether a file or a list came, and one of the two only. */
function sentErrors(res: Response, list: string): FieldErrors | undefined {
  const { file, problem } = uploadOf(res);
  const isPasted = list.trim() !== '';
  if (problem) return { file: problem };
  if (file && isPasted) return { file: 'Choose a file or paste a list, not both' };
  return file || isPasted ? undefined : { file: 'Choose a file, or paste a list' };
}

function asListed(found: ContactImport, surveyId: string, isCoordinators: boolean) {
  const isDone = found.finishedAt !== null;
  return {
    file: found.fileName,
    when: formatDateTime(found.begunAt),
    what: isDone ? outcomeInWords(found, isCoordinators)[0]! : 'Being added',
    href: `/surveys/${surveyId}/contacts/imports/${found.id}`,
  };
}
