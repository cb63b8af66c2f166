import type { FieldErrors } from '../platform/form';
import { breadcrumbsIn } from '../projects/breadcrumbs';
import type { Project } from '../projects/project';
import type { Questionnaire } from '../questionnaires/questionnaire';
import type { Page } from '../web/layout';
import type { RepeatPlan } from './repeat';
import { settingsLimits } from './settings';
import type { Survey } from './survey';

type Body = Readonly<Record<string, unknown>>;

/** What was typed, where it could not be taken. */
export interface PreparationRetry {
  body: Body;
  errors: FieldErrors;
}

export interface PreparationPage extends Page {
  action: string;
  values: { name: string; code: string; promise: string };
  cancel: string;
}

/** What a survey begins with: its promise is to be chosen, the rest begins with what is usual. */
export function preparationPage(
  project: Project,
  questionnaire: Questionnaire,
  code: string,
  retry?: PreparationRetry,
): PreparationPage {
  const address = `/questionnaires/${questionnaire.id}`;
  const body: Body = retry?.body ?? { name: questionnaire.title.slice(0, settingsLimits.name), code };
  return {
    title: 'Prepare a survey',
    section: questionnaire.title,
    audience: 'staff',
    breadcrumbs: breadcrumbsIn(project, { href: address, text: questionnaire.title }),
    ...(retry ? { errors: retry.errors } : {}),
    action: `${address}/surveys`,
    values: { name: textIn(body, 'name'), code: textIn(body, 'code'), promise: textIn(body, 'promise') },
    cancel: address,
  };
}

export interface RepeatPage extends Page {
  sentence: string;
  differs: string[];
  /** What belongs to one run only. */
  notTaken: string;
  action: string;
  values: { name: string; code: string };
  cancel: string;
}

/** Asks what a repeat is to be called, and says what will differ. */
export function repeatPage(
  project: Project,
  survey: Survey,
  plan: RepeatPlan,
  code: string,
  retry?: PreparationRetry,
): RepeatPage {
  const body: Body = retry?.body ?? { name: plan.name, code };
  return {
    title: 'Repeat this survey',
    section: survey.name,
    audience: 'staff',
    breadcrumbs: breadcrumbsIn(project, { href: `/surveys/${survey.id}`, text: survey.name }),
    ...(retry ? { errors: retry.errors } : {}),
    sentence: plan.sentence,
    differs: plan.differs,
    notTaken:
      'Not taken over, because they belong to one run: the code, when it opens and closes, people to invite, the wording of e-mails to them, and all answers. Further links and quotas can be taken over on their own pages, once the repeat is prepared.',
    action: `/surveys/${survey.id}/repeats`,
    values: { name: textIn(body, 'name'), code: textIn(body, 'code') },
    cancel: `/surveys/${survey.id}`,
  };
}

function textIn(body: Body, field: string): string {
  const value = body[field];
  return typeof value === 'string' ? value : '';
}
