import { Router } from 'express';
import { countKept, findKept, listKept } from '../platform/outbox';
import { notFound } from '../platform/problem';
import { visitPlatform } from '../projects/visit.routes';
import type { Services } from '../services';
import { show } from '../web/layout';
import { readId } from '../web/params';
import { keptLetterPage, lettersAPage, outboxPage } from './outbox.page';

/** E-mails that have not left, for the platform's administrators: they hold personal links. */
export function outboxRoutes({ db, mail }: Services): Router {
  const router = Router();

  router.get('/admin/outbox', async (req, res) => {
    visitPlatform(res, 'see the outbox');
    const count = await countKept(db);
    const page = pageNumber(req.query.page, Math.max(1, Math.ceil(count / lettersAPage)));
    const letters = await listKept(db, lettersAPage, (page - 1) * lettersAPage);
    show(res, 'admin/outbox', outboxPage(letters, { page, count, way: mail.way }));
  });

  router.get('/admin/outbox/:id', async (req, res) => {
    visitPlatform(res, 'see the outbox');
    const letter = await findKept(db, readId(req, 'E-mail'));
    if (!letter) throw notFound('E-mail');
    show(res, 'admin/outbox-letter', keptLetterPage(letter));
  });

  return router;
}

function pageNumber(asked: unknown, last: number): number {
  const number = typeof asked === 'string' && /^\d{1,6}$/.test(asked) ? Number(asked) : 1;
  return Math.min(Math.max(1, number), last);
}
