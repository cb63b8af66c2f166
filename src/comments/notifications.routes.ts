import { Router } from 'express';
import { readForm } from '../platform/form';
import { visitReport } from '../reports/visit.routes';
import type { Services } from '../services';
import { redirectWithNotice, show } from '../web/layout';
import { readId } from '../web/params';
import { notificationForm } from './notification.form';
import { chooseNotifications, notificationOf } from './notifications.commands';
import { notificationsPage } from './notifications.page';

/** Which e-mails somebody who takes part gets about a report. */
export function notificationsRoutes(services: Services): Router {
  const { db, config } = services;
  const router = Router();
  const address = '/reports/:id/notifications';

  router.get(address, async (req, res) => {
    const { release, visit } = await visitReport(services, res, readId(req, 'Report'), 'comment');
    const { id, email } = visit.account;
    const { choice } = await notificationOf(db, release.id, id);
    show(res, 'reports/notifications', notificationsPage(release, visit, { email, choice }));
  });

  router.post(address, async (req, res) => {
    const { release, visit } = await visitReport(services, res, readId(req, 'Report'), 'comment');
    const { id, email } = visit.account;
    const form = readForm(notificationForm, req.body);
    if (form.errors) {
      const { choice } = await notificationOf(db, release.id, id);
      return show(
        res,
        'reports/notifications',
        notificationsPage(release, visit, { email, choice }, form.errors),
      );
    }
    await chooseNotifications(services, release.id, id, form.value.choice);
    redirectWithNotice(res, config, `/reports/${release.id}/notifications`, 'Your choice is saved');
  });

  return router;
}
