import { Router } from 'express';
import type { Services } from '../services';
import { isCode, readCode } from '../surveys/survey';
import { isCodeTaken } from '../surveys/surveys.queries';
import { show } from '../web/layout';
import { framedByUs } from '../web/security';
import { accessibilityPage, cookiesPage, homePage, privacyPage } from './public.page';

/** The pages anyone may open: the front door and the statements. */
export function publicRoutes({ db, config }: Services): Router {
  const router = Router();

  // Respondents' pages lead to these, also where somebody previews them in a frame.
  router.get(['/', '/privacy', '/accessibility', '/cookies'], framedByUs);

  router.get('/', async (req, res) => {
    const typed = req.query.code;
    if (typeof typed !== 'string') return show(res, 'home', homePage());
    const code = readCode(typed);
    if (isCode(code) && (await isCodeTaken(db, code))) return res.redirect(303, `/s/${code}`);
    const sentence =
      code === ''
        ? 'Enter the code of your survey'
        : 'We know no survey with this code. Check it letter by letter.';
    show(res, 'home', homePage(typed.slice(0, 40), { code: sentence }));
  });

  router.get('/privacy', (_req, res) => show(res, 'statement', privacyPage(config.organisationName)));
  router.get('/accessibility', (_req, res) =>
    show(res, 'statement', accessibilityPage(config.organisationName)),
  );
  router.get('/cookies', (_req, res) => show(res, 'statement', cookiesPage()));

  return router;
}
