import type { Actor } from '../audit/actor';
import { appendAuditEntry } from '../audit/audit.queries';
import type { Database } from '../platform/database';
import { type Meanwhile, mergeEdits } from '../platform/form';
import { conflict, notFound } from '../platform/problem';
import type { Services } from '../services';
import { applyContent, lockDraft } from './changes.commands';
import { competenciesIn, freeCode } from './content';
import { getFrameworkContent, listDomains, listRequiredLevels } from './content.queries';
import {
  competencyFields,
  detailsFields,
  domainFields,
  type Fields,
  findCompetency,
  movedAmong,
  scaleFields,
  withInner,
  withoutCompetency,
  withoutDomain,
} from './editing';
import {
  insertCompetency,
  insertDomain,
  updateCompetency,
  updateDomain,
  writeOrder,
} from './editing.queries';
import {
  type Competency,
  type Content,
  type Domain,
  type Framework,
  frameworkLimits,
  type ScaleLevel,
} from './framework';
import { type CompetencyForm, type DetailsForm, type DomainForm, wordsIn } from './framework.form';
import { countChange, lockFramework, updateFramework } from './frameworks.queries';

/**
 * How a change of one form ended: saved; or somebody else was faster, and nothing was saved; or a sentence for a field.
 * `fields` is what the form should hold then, `now` what is stored.
 */
export type Edited =
  | { saved: true }
  | { saved: false; fields: Fields; now: Fields; changes: Meanwhile[]; errors: Fields };

/** Does one change of a draft; where it was not saved, nothing is counted. */
async function edit(
  { db, clock }: Services,
  actor: Actor,
  frameworkId: string,
  what: string,
  change: (trx: Database, framework: Framework) => Promise<Edited>,
): Promise<Edited> {
  return db.transaction(async (trx) => {
    const framework = await lockFramework(trx, frameworkId);
    if (framework.publishedAt) return faulty({}, {}, publishedErrors);
    const done = await change(trx, framework);
    if (!done.saved) return done;
    await countChange(trx, frameworkId, clock.now());
    await appendAuditEntry(trx, actor, { action: what, subject: 'framework', subjectId: frameworkId });
    return done;
  });
}

/** Nothing to tell when nobody else has been here since the form was opened. */
function overtaken(seen: Fields, typed: Fields, now: Fields): Edited | undefined {
  const { fields, changes } = mergeEdits(seen, typed, now);
  return changes.length > 0 ? { saved: false, fields, now, changes, errors: {} } : undefined;
}

function faulty(fields: Fields, now: Fields, errors: Fields): Edited {
  return { saved: false, fields, now, changes: [], errors };
}

/** Changes title, source, licence note and words of a draft. */
export async function changeDetails(
  services: Services,
  actor: Actor,
  frameworkId: string,
  seen: Fields,
  form: DetailsForm,
): Promise<Edited> {
  return edit(services, actor, frameworkId, 'framework changed', async (trx, framework) => {
    const late = overtaken(seen, { ...form }, detailsFields(framework));
    if (late) return late;
    const { title, source, licenceNote } = form;
    await updateFramework(trx, frameworkId, {
      ...framework,
      ...{ title, source, licenceNote, words: wordsIn(form) },
    });
    return { saved: true };
  });
}

/** Changes the scale of a draft. A level that somebody requires, or that a competency describes itself, cannot go. */
export async function changeScale(
  services: Services,
  actor: Actor,
  frameworkId: string,
  seen: Fields,
  scale: ScaleLevel[],
): Promise<Edited> {
  return edit(services, actor, frameworkId, 'scale changed', async (trx, framework) => {
    const now = scaleFields(framework.scale);
    const late = overtaken(seen, scaleFields(scale), now);
    if (late) return late;
    const levels = new Set(scale.map(({ level }) => level));
    const stranded = (await listRequiredLevels(trx, frameworkId)).filter(({ level }) => !levels.has(level));
    if (stranded.length > 0) {
      const { competency, level } = stranded[0]!;
      return faulty(scaleFields(scale), now, {
        first: `${stranded.length === 1 ? 'A required level is' : `${stranded.length} required levels are`} not on this scale, such as level ${level} of ${competency}. Change them in the skills matrix first.`,
      });
    }
    const described = competenciesIn(await listDomains(trx, frameworkId)).flatMap(({ code, descriptors }) => {
      const level = Object.keys(descriptors).find((one) => !levels.has(Number(one)));
      return level === undefined ? [] : [`level ${level} of ${code}`];
    });
    if (described.length > 0) {
      const { competency, competencies } = framework.words;
      return faulty(scaleFields(scale), now, {
        first: `${described.length === 1 ? `One ${competency} has its` : `${described.length} ${competencies} have their`} own words for a level that is not on this scale${described.length === 1 ? ': ' : ', such as '}${described[0]}. Empty them there first.`,
      });
    }
    await updateFramework(trx, frameworkId, { ...framework, scale });
    return { saved: true };
  });
}

/** Adds a domain at the end of its siblings. Without a code it gets the next free number. */
export async function addDomain(
  services: Services,
  actor: Actor,
  frameworkId: string,
  form: DomainForm,
): Promise<Edited> {
  return edit(services, actor, frameworkId, 'domain added', async (trx) => {
    const domains = await listDomains(trx, frameworkId);
    if (domains.length >= frameworkLimits.domains) {
      throw conflict('There is no room', `A framework holds ${frameworkLimits.domains} domains at most.`);
    }
    const domain = domainOf(form, domains);
    const errors = domainErrors(domain, null, domains);
    if (errors) return faulty(domainFields(domain), {}, errors);
    await insertDomain(trx, frameworkId, domain);
    return { saved: true };
  });
}

export async function changeDomain(
  services: Services,
  actor: Actor,
  frameworkId: string,
  lineageId: string,
  seen: Fields,
  form: DomainForm,
): Promise<Edited> {
  return edit(services, actor, frameworkId, 'domain changed', async (trx) => {
    const domains = await listDomains(trx, frameworkId);
    const stored = domains.find((one) => one.lineageId === lineageId);
    if (!stored) return faulty({ ...form }, seen, goneErrors);
    const others = domains.filter((one) => one !== stored);
    const domain = domainOf({ ...form, code: form.code || stored.code }, others);
    const now = domainFields(stored);
    const late = overtaken(seen, domainFields(domain), now);
    if (late) return late;
    const errors = domainErrors(domain, lineageId, domains);
    if (errors) return faulty(domainFields(domain), now, errors);
    await updateDomain(trx, frameworkId, lineageId, domain);
    return { saved: true };
  });
}

type DomainWords = Pick<Domain, 'code' | 'title' | 'description' | 'parent'>;

function domainOf(form: DomainForm, others: readonly Domain[]): DomainWords {
  const taken = new Set(others.map(({ code }) => code));
  const parent = form.parent || null;
  const siblings = others.filter((other) => other.parent === parent).length + 1;
  const above = others.find(({ lineageId }) => lineageId === parent);
  const code = form.code || freeCode(above ? `${above.code}.${siblings}` : String(siblings), taken);
  return { code, title: form.title, description: form.description, parent };
}

function domainErrors(
  domain: DomainWords,
  lineageId: string | null,
  domains: readonly Domain[],
): Fields | undefined {
  const others = domains.filter((other) => other.lineageId !== lineageId);
  const above = others.find((other) => other.lineageId === domain.parent);
  const own = lineageId ? withInner(domains, lineageId) : [];
  const errors: Fields = {};
  if (others.some(({ code }) => code === domain.code))
    errors.code = 'This code is taken. Enter another, or leave it empty';
  if (others.some((other) => other.parent === domain.parent && other.title === domain.title)) {
    errors.title = 'There is one with this title in the same place. Enter another title';
  }
  if (domain.parent && !above) errors.parent = 'This is no longer there. Select where it belongs';
  if (own.some((inner) => inner.lineageId === domain.parent)) {
    errors.parent = 'It cannot stand within itself. Select where it belongs';
  } else if (above && depthOf(above, domains) + heightOf(lineageId, domains) > frameworkLimits.depth) {
    errors.parent = `That would be nested too deep: ${frameworkLimits.depth} levels at most`;
  }
  return Object.keys(errors).length > 0 ? errors : undefined;
}

function depthOf(domain: Domain, domains: readonly Domain[]): number {
  const above = domains.find(({ lineageId }) => lineageId === domain.parent);
  return above ? depthOf(above, domains) + 1 : 1;
}

function heightOf(lineageId: string | null, domains: readonly Domain[]): number {
  const inner = domains.filter(({ parent }) => lineageId !== null && parent === lineageId);
  return 1 + Math.max(0, ...inner.map((one) => heightOf(one.lineageId, domains)));
}

/** Adds a competency at the end of its domain. */
export async function addCompetency(
  services: Services,
  actor: Actor,
  frameworkId: string,
  form: CompetencyForm,
  descriptors: Record<string, string>,
): Promise<Edited> {
  return edit(services, actor, frameworkId, 'competency added', async (trx) => {
    const domains = await listDomains(trx, frameworkId);
    if (domains.flatMap(({ competencies }) => competencies).length >= frameworkLimits.competencies) {
      throw conflict(
        'There is no room',
        `A framework holds ${frameworkLimits.competencies.toLocaleString('en-GB')} competencies at most.`,
      );
    }
    const { domain, ...competency } = { ...form, descriptors };
    const errors = competencyErrors(form, null, domains);
    if (errors) return faulty(competencyFields(domain, competency), {}, errors);
    await insertCompetency(trx, frameworkId, domain, competency);
    return { saved: true };
  });
}

export async function changeCompetency(
  services: Services,
  actor: Actor,
  frameworkId: string,
  lineageId: string,
  seen: Fields,
  form: CompetencyForm,
  descriptors: Record<string, string>,
): Promise<Edited> {
  return edit(services, actor, frameworkId, 'competency changed', async (trx) => {
    const domains = await listDomains(trx, frameworkId);
    const stored = findCompetency(domains, lineageId);
    const { domain, ...competency } = { ...form, descriptors };
    if (!stored) return faulty(competencyFields(domain, competency), seen, goneErrors);
    const now = competencyFields(stored.domain.lineageId, stored.competency);
    const late = overtaken(seen, competencyFields(domain, competency), now);
    if (late) return late;
    const errors = competencyErrors(form, lineageId, domains);
    if (errors) return faulty(competencyFields(domain, competency), now, errors);
    await updateCompetency(trx, frameworkId, lineageId, domain, competency);
    return { saved: true };
  });
}

function competencyErrors(
  { code, domain }: CompetencyForm,
  lineageId: string | null,
  domains: readonly Domain[],
): Fields | undefined {
  const others: Competency[] = domains
    .flatMap(({ competencies }) => competencies)
    .filter((other) => other.lineageId !== lineageId);
  const twin = others.find((other) => other.code === code);
  if (twin) return { code: `${twin.title} has this code. Enter another` };
  if (!domains.some((one) => one.lineageId === domain)) {
    return { domain: 'This is no longer there. Select where it belongs' };
  }
  return undefined;
}

/** What was typed stays in the form, to be entered in a new version. */
const publishedErrors: Fields = {
  form: 'Somebody has published this version since you opened this page, so nothing was saved. A published version never changes: start a new version, and enter it there',
};

/** What was typed stays in the form: the removal can be undone, and the form be saved then. */
const goneErrors: Fields = {
  title:
    'Somebody has removed it since you opened this page, so nothing was saved. Undo that on the framework’s page, then save this again',
};

function removedMeanwhile(what: string) {
  return conflict(
    `The ${what} is no longer there`,
    `Somebody has removed it since you opened this page. Go back to the framework, where it can be undone.`,
  );
}

/** Moves a domain or competency one place up or down among its siblings. At the end of the list nothing happens. */
export async function moveOnePlace(
  services: Services,
  actor: Actor,
  frameworkId: string,
  lineageId: string,
  by: -1 | 1,
): Promise<void> {
  await edit(services, actor, frameworkId, 'order changed', async (trx) => {
    const domains = await listDomains(trx, frameworkId);
    const found = findCompetency(domains, lineageId);
    const table = found ? 'competencies' : 'domains';
    const siblings = found ? found.domain.competencies : siblingsOf(domains, lineageId);
    const all = found ? domains.flatMap(({ competencies }) => competencies) : domains;
    const order = movedAmong(
      siblings.map((one) => one.lineageId),
      lineageId,
      by,
    );
    const rest = all.map((one) => one.lineageId).filter((id) => !order.includes(id));
    await writeOrder(trx, table, frameworkId, [...order, ...rest]);
    return { saved: true };
  });
}

function siblingsOf(domains: readonly Domain[], lineageId: string): Domain[] {
  const moved = domains.find((one) => one.lineageId === lineageId);
  if (!moved) throw notFound('Domain');
  return domains.filter(({ parent }) => parent === moved.parent);
}

/** Removes a competency with its required levels; it can be undone. Gives the change's id. */
export async function removeCompetency(
  services: Services,
  actor: Actor,
  frameworkId: string,
  lineageId: string,
): Promise<string> {
  return remove(services, actor, frameworkId, (content) => {
    const found = findCompetency(content.domains, lineageId);
    if (!found) throw removedMeanwhile('competency');
    const { code, title } = found.competency;
    return { without: withoutCompetency(content, lineageId), name: `${code} ${title}` };
  });
}

/** Removes a domain with everything in it; it can be undone. Gives the change's id. */
export async function removeDomain(
  services: Services,
  actor: Actor,
  frameworkId: string,
  lineageId: string,
): Promise<string> {
  return remove(services, actor, frameworkId, (content) => {
    const found = content.domains.find((one) => one.lineageId === lineageId);
    if (!found) throw removedMeanwhile('domain');
    return { without: withoutDomain(content, lineageId), name: found.title };
  });
}

async function remove(
  { db, clock }: Services,
  actor: Actor,
  frameworkId: string,
  removal: (content: Content) => { without: Content; name: string },
): Promise<string> {
  return db.transaction(async (trx) => {
    await lockDraft(trx, frameworkId);
    const { framework, ...content } = await getFrameworkContent(trx, frameworkId);
    const { without, name } = removal(content);
    return applyContent(trx, actor, frameworkId, without, `${name} removed`, clock.now());
  });
}
