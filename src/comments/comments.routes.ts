import { type Request, type Response, Router } from 'express';
import { reopenThread, resolveThread, withdrawComment } from '../discussions/threads.commands';
import { countThreadsByPlace, getThread, listThreads } from '../discussions/threads.queries';
import type { Database } from '../platform/database';
import { conflict, notFound } from '../platform/problem';
import type { Release } from '../releases/release';
import { listNodes } from '../releases/releases.queries';
import { type ReportIndex, reportIndex } from '../reports/report-index';
import { type ReportPlace, readPlace } from '../reports/report-place';
import { openReportFor, type ReportVisit, visitReport } from '../reports/visit.routes';
import type { Services } from '../services';
import { redirectWithNotice, show } from '../web/layout';
import { readId } from '../web/params';
import { readComment, tickedIn } from './comment.form';
import { reportSubject, type ThreadFilter, threadStatuses } from './comment-status';
import { answerIn, commentOn, listMentionable, threadAddress } from './comments.commands';
import { commentsPage, type Discussing, newThreadPage, type TypedComment, threadPage } from './comments.page';
import { listToldOf } from './comments.queries';
import { placeInWords } from './place-words';

/** What rooms after this one know of a report that is discussed. */
export interface DiscussionCompanions {
  /** Why nothing can be said about a report now, or ever; null where it can. */
  closing: (db: Database, reportId: string) => Promise<string | null>;
  /** The number of a recommendation of this report; one of another report is not found. */
  recommendationNumber: (db: Database, reportId: string, id: string) => Promise<number>;
}

/** What experts say about a report: threads at its figures, items and paragraphs. Those who only read the report see none of it. */
export function commentsRoutes(services: Services, companions: DiscussionCompanions): Router {
  const { db, config } = services;
  const router = Router();

  router.get('/reports/:id/comments', async (req, res) => {
    const discussing = await visitDiscussion(req, res);
    const { release, accountId } = discussing;
    const wish = readFilter(req);
    const place = wish.place === null ? null : await placeOf(await placesOf(release), wish.place);
    const threads = await listThreads(db, reportSubject(release.id));
    const toldOf = new Set(await listToldOf(db, release.id, accountId));
    show(res, 'reports/comments/index', commentsPage(discussing, threads, wish, { place, toldOf }));
  });

  router.get('/reports/:id/comments/new', async (req, res) => {
    const discussing = await visitDiscussion(req, res);
    refuseClosed(discussing);
    await showNew(res, discussing, String(req.query.place ?? ''));
  });

  router.post('/reports/:id/comments', async (req, res) => {
    const discussing = await visitDiscussion(req, res);
    refuseClosed(discussing);
    const { release, author } = discussing;
    const place = await placeOf(await placesOf(release), String(req.body.place ?? ''));
    const form = readComment(req.body, await listMentionable(db, release.id, author.accountId));
    if (form.errors) return showNew(res, discussing, place.name, typedIn(req, form.errors));
    const threadId = await unlessClosed(discussing, () =>
      commentOn(services, author, release.id, place, form.value),
    );
    redirectWithNotice(res, config, threadAddress(release.id, threadId), 'Comment added');
  });

  router.get('/reports/:id/comments/:thread', async (req, res) => {
    await showThread(res, await visitDiscussion(req, res), readId(req, 'Thread', 'thread'));
  });

  router.post('/reports/:id/comments/:thread/comments', async (req, res) => {
    const discussing = await visitDiscussion(req, res);
    refuseClosed(discussing);
    const { release, author } = discussing;
    const thread = await getThread(db, reportSubject(release.id), readId(req, 'Thread', 'thread'));
    const form = readComment(req.body, await listMentionable(db, release.id, author.accountId));
    if (form.errors) return showThread(res, discussing, thread.id, typedIn(req, form.errors));
    await unlessClosed(discussing, () => answerIn(services, author, release.id, thread, form.value));
    redirectWithNotice(res, config, threadAddress(release.id, thread.id), 'Reply added');
  });

  router.post('/reports/:id/comments/:thread/resolution', async (req, res) => {
    const discussing = await visitOpen(req, res);
    const { release, accountId, at } = discussing;
    const threadId = readId(req, 'Thread', 'thread');
    const who = { accountId, mayAskForReview: at.may('ask for review') };
    await unlessClosed(discussing, () => resolveThread(services, who, reportSubject(release.id), threadId));
    redirectWithNotice(res, config, `/reports/${release.id}/comments`, 'Thread resolved');
  });

  router.post('/reports/:id/comments/:thread/reopening', async (req, res) => {
    const discussing = await visitOpen(req, res);
    const { release, accountId } = discussing;
    const threadId = readId(req, 'Thread', 'thread');
    await unlessClosed(discussing, () =>
      reopenThread(services, accountId, reportSubject(release.id), threadId),
    );
    redirectWithNotice(res, config, threadAddress(release.id, threadId), 'Thread open again');
  });

  router.post('/reports/:id/comments/:thread/comments/:comment/withdrawal', async (req, res) => {
    const discussing = await visitOpen(req, res);
    const { release, accountId } = discussing;
    const threadId = readId(req, 'Thread', 'thread');
    const commentId = readId(req, 'Comment', 'comment');
    const subject = reportSubject(release.id);
    await unlessClosed(discussing, () => withdrawComment(services, accountId, subject, threadId, commentId));
    redirectWithNotice(res, config, threadAddress(release.id, threadId), 'Comment withdrawn');
  });

  interface DiscussionVisit extends Discussing {
    author: { accountId: string; email: string };
    at: ReportVisit;
  }

  async function visitDiscussion(req: Request, res: Response): Promise<DiscussionVisit> {
    const { release, visit } = await visitReport(services, res, readId(req, 'Report'), 'comment');
    const { id: accountId, email } = visit.account;
    const closed = await companions.closing(db, release.id);
    return { release, at: visit, accountId, author: { accountId, email }, closed };
  }

  async function visitOpen(req: Request, res: Response): Promise<DiscussionVisit> {
    const discussing = await visitDiscussion(req, res);
    refuseClosed(discussing);
    return discussing;
  }

  /** Somebody may close the discussion at this very moment: then the database refuses what is written. */
  async function unlessClosed<T>({ release }: Discussing, write: () => Promise<T>): Promise<T> {
    try {
      return await write();
    } catch (error) {
      refuseClosed({ closed: await companions.closing(db, release.id) });
      throw error;
    }
  }

  async function showNew(res: Response, discussing: DiscussionVisit, name: string, typed?: TypedComment) {
    const { release, accountId } = discussing;
    const { report } = await openReportFor(services, res, release.id, 'comment');
    const place = await placeOf(report, name);
    const counts = await countThreadsByPlace(db, reportSubject(release.id));
    const facts = {
      sentences: placeInWords(report, place),
      people: await listMentionable(db, release.id, accountId),
      threads: counts.get(place.name)?.threads ?? 0,
    };
    show(res, 'reports/comments/new', newThreadPage(discussing, place, facts, typed));
  }

  async function showThread(
    res: Response,
    discussing: DiscussionVisit,
    threadId: string,
    typed?: TypedComment,
  ) {
    const { release, accountId } = discussing;
    const thread = await getThread(db, reportSubject(release.id), threadId);
    const { report } = await openReportFor(services, res, release.id, 'comment');
    const place = readPlace(report, thread.place);
    const facts = {
      place: place?.href ?? `/reports/${release.id}`,
      sentences: place ? placeInWords(report, place) : [],
      people: await listMentionable(db, release.id, accountId),
    };
    show(res, 'reports/comments/show', threadPage(discussing, thread, facts, typed));
  }

  /** The groups and items of a report, without its figures. */
  async function placesOf(release: Release): Promise<ReportIndex> {
    return reportIndex({ release, nodes: await listNodes(db, release.id), figures: [] });
  }

  /** The place of this name. What the report has not cannot be spoken about. */
  async function placeOf(report: ReportIndex, name: string): Promise<ReportPlace> {
    const place = readPlace(report, name);
    if (!place) throw notFound('Place');
    if (!name.startsWith('recommendation:')) return place;
    const id = name.slice('recommendation:'.length);
    return { ...place, title: `Recommendation ${await companions.recommendationNumber(db, report.id, id)}` };
  }

  return router;
}

function refuseClosed({ closed }: Pick<Discussing, 'closed'>): void {
  if (closed !== null) throw conflict('The discussion is closed', closed);
}

/** What the address asks for; what it cannot ask for is not found. */
function readFilter({ query }: Request): ThreadFilter & { page: number } {
  const status = [...threadStatuses, 'unresolved' as const].find((known) => known === query.status);
  const page = Number(query.page ?? 1);
  const isWrong = query.status !== undefined && status === undefined;
  if (isWrong || !Number.isInteger(page) || page < 1 || Array.isArray(query.place)) throw notFound('Page');
  return {
    status: status ?? null,
    place: query.place === undefined ? null : String(query.place),
    mine: query.mine !== undefined,
    page,
  };
}

function typedIn({ body }: Request, errors: NonNullable<TypedComment['errors']>): TypedComment {
  return { text: String(body.text ?? ''), ticked: tickedIn(body), errors };
}
