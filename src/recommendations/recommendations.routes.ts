import { type Request, type Response, Router } from 'express';
import type { Database } from '../platform/database';
import { readForm } from '../platform/form';
import { notFound, Problem } from '../platform/problem';
import { mayDo } from '../projects/access';
import { listReportPeople } from '../readers/readers.queries';
import { getRelease, listReleases, readFrozenRelease } from '../releases/releases.queries';
import { type ReportIndex, reportIndex } from '../reports/report-index';
import { openReportFor, type ReportVisit, visitReport } from '../reports/visit.routes';
import type { Services } from '../services';
import { redirectWithNotice, show } from '../web/layout';
import { readId } from '../web/params';
import { type Merged, singleFields } from './merging';
import type { Recommendation, RecommendationContent } from './recommendation';
import {
  chosenGaps,
  opinionForm,
  readListFilter,
  readRecommendation,
  readSeen,
  readSettled,
  type Sent,
  stepForm,
} from './recommendation.form';
import { fieldNames, historyPage, type Returned, recommendationPage } from './recommendation.page';
import { clashPage, type FormFacts, recommendationFormPage, typedOf } from './recommendation-form.page';
import {
  type Adviser,
  type Closing,
  copyRecommendations,
  draftRecommendation,
  editRecommendation,
  giveOpinion,
  nameChair,
  takeStep,
} from './recommendations.commands';
import { type AtRecommendations, addressOf, recommendationsPage, shownTo } from './recommendations.page';
import {
  findChair,
  getRecommendation,
  listOpinions,
  listRecommendations,
  listSteps,
  listVersions,
} from './recommendations.queries';
import { findGaps, gapInReport, groupsToChoose, readGap } from './report-gap';

/** What the room that signs reports off tells this one. */
export interface RecommendationCompanions {
  /** Why nothing of a report can be changed now, or ever; null where it can. */
  closing: Closing;
  isSigned(db: Database, releaseId: string): Promise<boolean>;
}

type At = AtRecommendations & { visit: ReportVisit };

/** The recommendations about a report: written, discussed, agreed. */
export function recommendationsRoutes(services: Services, companions: RecommendationCompanions): Router {
  const { db, config } = services;
  const world = { ...services, closing: companions.closing };
  const router = Router();

  router.get('/reports/:id/recommendations', async (req, res) => {
    const at = await visit(req, res);
    const { release } = at;
    show(
      res,
      'reports/recommendations/index',
      recommendationsPage(at, {
        recommendations: await listRecommendations(db, release.id),
        opinions: await listOpinions(db, release.id),
        filter: readListFilter(req.query),
        chair: await findChair(db, release.id),
        people: at.visit.may('release reports') ? await advisersOf(release.id) : [],
        earlier: at.visit.may('release reports') ? await earlierOf(at) : undefined,
      }),
    );
  });

  router.get('/reports/:id/recommendations/new', async (req, res) => {
    const { at, report } = await openForm(req, res);
    const chosen = chosenGaps(req.query).flatMap((name) => readGap(report, name) ?? []);
    const typed = { group: req.query.group, words: req.query.words };
    show(
      res,
      'reports/recommendations/form',
      recommendationFormPage(at, { ...gapFacts(report, typed), typed, seen: null, chosen }),
    );
  });

  router.post('/reports/:id/recommendations', async (req, res) => {
    const { at, report } = await openForm(req, res);
    const again = (more: Partial<FormFacts>, status?: number) =>
      showForm(res, at, report, { typed: req.body, seen: null, ...more }, status);
    if (req.body.do === 'find') return again({});
    const form = readRecommendation(req.body, (gap) => readGap(report, gap) !== undefined);
    if (form.errors) return again({ errors: form.errors });
    const adviser = await adviserAt(at);
    const id = await orRefusal(() => draftRecommendation(world, adviser, report.id, form.value));
    if (id instanceof Problem) return again({ refused: id.detail }, id.status);
    const notice = 'Draft saved. Put it to the group when it is ready to be discussed.';
    redirectWithNotice(res, config, addressOf({ releaseId: report.id, id }), notice);
  });

  router.post('/reports/:id/recommendations/chair', async (req, res) => {
    const at = await visit(req, res, 'release reports');
    const { release } = at;
    const chair = req.body.chair === '' ? null : req.body.chair;
    const people = await advisersOf(release.id);
    if (chair !== null && !people.some(({ accountId }) => accountId === chair)) throw notFound('Person');
    await nameChair(world, at.visit.account.id, release.id, chair);
    const notice = chair === null ? 'Nobody chairs: the lead decides' : 'Chair named';
    redirectWithNotice(res, config, `/reports/${release.id}/recommendations`, notice);
  });

  router.post('/reports/:id/recommendations/copies', async (req, res) => {
    const at = await visit(req, res, 'release reports');
    const { release } = at;
    const earlier = await earlierOf(at);
    if (!earlier) throw notFound('Earlier report');
    const [from, to] = await Promise.all([reportOf(earlier.id), reportOf(release.id)]);
    const copied = await copyRecommendations(world, await adviserAt(at), release.id, {
      ...{ releaseId: earlier.id, number: earlier.number },
      gapHere: (gap) => gapInReport(from, to, gap),
    });
    const notice =
      copied === 1 ? '1 recommendation copied as a draft' : `${copied} recommendations copied as drafts`;
    redirectWithNotice(res, config, `/reports/${release.id}/recommendations`, notice);
  });

  router.get('/reports/:id/recommendations/:recommendation', async (req, res) => {
    await showOne(req, res);
  });

  router.get('/reports/:id/recommendations/:recommendation/edit', async (req, res) => {
    const { at, report } = await openForm(req, res);
    const one = await recommendationAt(req, at);
    const typed = { ...typedOf(one), group: req.query.group, words: req.query.words };
    const gaps = [...one.gaps, ...chosenGaps(req.query)];
    const seen = { revision: one.revision, status: one.status };
    showForm(res, at, report, { recommendation: one, typed: { ...typed, gap: gaps }, seen });
  });

  router.post('/reports/:id/recommendations/:recommendation/edit', async (req, res) => {
    const { at, report } = await openForm(req, res);
    const one = await recommendationAt(req, at);
    const { body, undecided } = readSettled(req.body);
    const seen = readSeen(body);
    const again = (more: Partial<FormFacts>, status?: number) =>
      showForm(res, at, report, { recommendation: one, typed: body, seen, ...more }, status);
    if (req.body.do === 'find') return again({});
    const form = readRecommendation(body, (gap) => readGap(report, gap) !== undefined);
    if (form.errors) return again({ errors: form.errors });
    if (undecided.length > 0) {
      const merged = mergedAgain(form.value, req.body);
      return show(res, 'reports/recommendations/clash', clashPage(at, one, merged, req.body, undecided));
    }
    const adviser = await adviserAt(at);
    const edited = await orRefusal(() =>
      editRecommendation(world, adviser, report.id, one.id, { ...seen, content: form.value }),
    );
    if (edited instanceof Problem) return again({ refused: edited.detail }, edited.status);
    if (!edited.saved) {
      const page = clashPage(at, edited.now, edited.merged, {});
      return show(res, 'reports/recommendations/clash', page, 409);
    }
    redirectWithNotice(res, config, addressOf(one), savedInWords(edited));
  });

  router.get('/reports/:id/recommendations/:recommendation/history', async (req, res) => {
    const { report, visit } = await openReportFor(services, res, readId(req, 'Report'), 'comment');
    const at = await atOf(report, visit);
    const one = await recommendationAt(req, at);
    show(
      res,
      'reports/recommendations/history',
      historyPage(at, one, {
        versions: await listVersions(db, one.id),
        steps: await listSteps(db, one.id),
        opinions: await opinionsOn(one),
        titleOf: (gap) => readGap(report, gap)?.title ?? 'A figure that is not shown',
      }),
    );
  });

  router.post(
    '/reports/:id/recommendations/:recommendation/history/:revision/restoration',
    async (req, res) => {
      const at = await visit(req, res, 'advise');
      const one = await recommendationAt(req, at);
      const versions = await listVersions(db, one.id);
      const version = versions.find(({ revision }) => String(revision) === req.params.revision);
      if (!version) throw notFound('Version');
      const edited = await editRecommendation(world, await adviserAt(at), at.release.id, one.id, {
        ...readSeen({ ...req.body, status: one.status }),
        content: version,
        restoredFrom: version.revision,
      });
      if (!edited.saved) {
        const page = clashPage(at, edited.now, edited.merged, {});
        return show(res, 'reports/recommendations/clash', page, 409);
      }
      redirectWithNotice(res, config, addressOf(one), `Version ${version.revision} is what it says again`);
    },
  );

  router.post('/reports/:id/recommendations/:recommendation/opinions', async (req, res) => {
    const at = await visit(req, res, 'advise');
    const one = await recommendationAt(req, at);
    const form = readForm(opinionForm, req.body);
    if (form.errors) return showOne(req, res, { body: req.body, errors: form.errors });
    const adviser = await adviserAt(at);
    const done = await orRefusal(() => giveOpinion(world, adviser, at.release.id, one.id, form.value));
    if (done instanceof Problem)
      return showOne(req, res, { body: req.body, refused: done.detail }, done.status);
    const notice =
      form.value.answer === 'agree' ? 'You agree' : 'Your disagreement and its reason have been kept';
    redirectWithNotice(res, config, addressOf(one), notice);
  });

  router.post('/reports/:id/recommendations/:recommendation/status', async (req, res) => {
    const at = await visit(req, res, 'advise');
    const one = await recommendationAt(req, at);
    const form = readForm(stepForm, req.body);
    if (form.errors) {
      const { reason, ...rest } = form.errors;
      const errors = { ...rest, ...(reason ? { 'step-reason': reason } : {}) };
      return showOne(req, res, { body: { to: req.body.to, stepReason: req.body.reason }, errors });
    }
    const { to, reason, revision } = form.value;
    const adviser = await adviserAt(at);
    const done = await orRefusal(() =>
      takeStep(world, adviser, at.release.id, one.id, { to, reason, seen: revision }),
    );
    if (done instanceof Problem) {
      return showOne(req, res, { body: { to, stepReason: reason }, refused: done.detail }, done.status);
    }
    redirectWithNotice(res, config, addressOf(one), 'Its status is changed');
  });

  async function visit(req: Request, res: Response, right?: Parameters<typeof visitReport>[3]): Promise<At> {
    const { release, visit: at } = await visitReport(services, res, readId(req, 'Report'), right);
    return atOf(release, at);
  }

  async function atOf(release: At['release'], visit: ReportVisit): Promise<At> {
    const closed = await companions.closing(db, release.id);
    return { release, visit, closed, isSigned: await companions.isSigned(db, release.id) };
  }

  /** A form, and the report whose gaps are chosen in it. */
  async function openForm(req: Request, res: Response): Promise<{ at: At; report: ReportIndex }> {
    const { report, visit } = await openReportFor(services, res, readId(req, 'Report'), 'advise');
    return { at: await atOf(report, visit), report };
  }

  async function recommendationAt(req: Request, at: At): Promise<Recommendation> {
    const id = readId(req, 'Recommendation', 'recommendation');
    const one = await getRecommendation(db, at.release.id, id);
    if (shownTo(at, [one]).length === 0) throw notFound('Recommendation');
    return one;
  }

  async function showOne(req: Request, res: Response, returned?: Returned, status?: number): Promise<void> {
    const { report, visit } = await openReportFor(services, res, readId(req, 'Report'));
    const at = await atOf(report, visit);
    const recommendation = await recommendationAt(req, at);
    const page = recommendationPage(at, {
      recommendation,
      gaps: recommendation.gaps.flatMap((name) => readGap(report, name) ?? []),
      opinions: await opinionsOn(recommendation),
      mayDecide: (await adviserAt(at)).mayDecide,
      accountId: visit.account.id,
      ...(returned ? { returned } : {}),
    });
    show(res, 'reports/recommendations/show', page, status);
  }

  async function opinionsOn({ releaseId, id }: Recommendation) {
    const opinions = await listOpinions(db, releaseId);
    return opinions.filter(({ recommendationId }) => recommendationId === id);
  }

  function showForm(
    res: Response,
    at: At,
    report: ReportIndex,
    facts: Pick<FormFacts, 'typed' | 'seen'> & Partial<FormFacts>,
    status?: number,
  ): void {
    const chosen = chosenGaps(facts.typed).flatMap((name) => readGap(report, name) ?? []);
    const page = recommendationFormPage(at, { ...gapFacts(report, facts.typed), chosen, ...facts });
    show(res, 'reports/recommendations/form', page, status);
  }

  function gapFacts(report: ReportIndex, typed: Sent): Pick<FormFacts, 'found' | 'groups'> {
    const groups = groupsToChoose(report);
    const group = groups.find(({ value }) => value === typed.group)?.value ?? '';
    return { groups, found: findGaps(report, { group, words: String(typed.words ?? '').slice(0, 200) }) };
  }

  async function adviserAt({ release, visit }: At): Promise<Adviser> {
    const accountId = visit.account.id;
    const chair = visit.may('release reports') ? undefined : await findChair(db, release.id);
    const mayDecide = visit.may('release reports') || chair?.accountId === accountId;
    return { accountId, mayDecide };
  }

  async function advisersOf(releaseId: string) {
    const people = await listReportPeople(db, releaseId);
    return people.filter(({ role }) => mayDo(role, 'advise'));
  }

  /** The report before this one that has recommendations, and how many of them were not copied here. */
  async function earlierOf({ release }: At) {
    const { surveyId } = await getRelease(db, release.id);
    const before = (await listReleases(db, surveyId)).filter(
      ({ number, state }) => state === 'published' && number < release.number,
    );
    const here = new Set((await listRecommendations(db, release.id)).map(({ copiedFrom }) => copiedFrom));
    for (const { id, number } of before) {
      const all = await listRecommendations(db, id);
      const left = all.filter(({ status }) => status !== 'rejected' && status !== 'withdrawn');
      if (left.length > 0) return { id, number, uncopied: left.filter((one) => !here.has(one.id)).length };
    }
    return undefined;
  }

  async function reportOf(releaseId: string): Promise<ReportIndex> {
    return reportIndex(await readFrozenRelease(db, releaseId));
  }

  return router;
}

/** What a command gives, or why it could not be done, for the page on which it was asked for. */
async function orRefusal<T>(act: () => Promise<T>): Promise<T | Problem> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof Problem && error.status === 409) return error;
    throw error;
  }
}

/** The clashes of a form that came back before they were all decided. */
function mergedAgain(content: RecommendationContent, body: Sent): Merged {
  const clashes = singleFields
    .filter((field) => body[`clash-${field}`] !== undefined)
    .map((field) => ({
      ...{ field, was: String(body[`was-${field}`] ?? ''), theirs: String(body[`theirs-${field}`] ?? '') },
      mine: content[field] ?? '',
    }));
  const sent = [body.taken ?? []].flat();
  const taken = ([...singleFields, 'gaps'] as const).filter((field) => sent.includes(field));
  return { content, clashes, taken };
}

function savedInWords({ taken, isNew }: { taken: Merged['taken']; isNew: boolean }): string {
  if (!isNew) return 'Nothing was changed';
  if (taken.length === 0) return 'Changes saved';
  const names = taken.map((field) => fieldNames[field].toLowerCase()).join(', ');
  return `Changes saved. What others changed meanwhile is kept too: ${names}.`;
}
