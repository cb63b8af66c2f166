import { inLondonTime } from '../platform/london-time';
import { breadcrumbsIn } from '../projects/breadcrumbs';
import type { Project } from '../projects/project';
import { endInWords } from '../surveys/closing';
import type { Survey } from '../surveys/survey';
import type { Page } from '../web/layout';
import { qrCode } from '../web/qr';
import { changedSince, type Trial } from './trial';

export interface TrialPage extends Page {
  /** What a trial run is, and how it stands. */
  sentences: string[];
  /** The link, while it takes test answers. */
  open: { href: string; link: string; qr: string; ends: string } | null;
  answers: string;
  workingReport: string | null;
  /** Where to start one, or another, for those who may. */
  start: { action: string; button: string } | null;
  earlier: { text: string; workingReport: string | null }[];
  survey: string;
}

/** The trial run of a survey: its link, and what came of it. */
export function trialPage(
  project: Project,
  survey: Survey,
  trials: readonly Trial[],
  { now, baseUrl, may }: { now: Date; baseUrl: string; may: { run: boolean; seeFigures: boolean } },
): TrialPage {
  const address = `/surveys/${survey.id}`;
  const [newest, ...earlier] = trials;
  const isPrepared = survey.launchedAt === null;
  const isRunning = newest !== undefined && newest.survey.closesAt > now;
  const changed = newest && isPrepared ? changedSince(survey, newest.survey) : [];
  const reportOf = (trial: Trial) => (may.seeFigures ? `/surveys/${trial.survey.id}/working-report` : null);
  return {
    title: 'Trial run',
    section: survey.name,
    audience: 'staff',
    breadcrumbs: breadcrumbsIn(project, { href: address, text: survey.name }),
    sentences: [
      'A trial run asks and promises what the survey will. Its answers are test answers: they are kept apart for ever and never counted.',
      ...stateOf({ isPrepared, newest, isRunning, changed }),
    ],
    open: newest && isRunning ? openLink(newest.survey, baseUrl) : null,
    answers: newest ? countInWords(newest.answers) : '',
    workingReport: newest ? reportOf(newest) : null,
    start:
      may.run && isPrepared && (!isRunning || changed.length > 0)
        ? { action: `${address}/trial`, button: newest ? 'Start another trial run' : 'Start the trial run' }
        : null,
    earlier: earlier.map((trial) => ({
      text: `Started on ${inLondonTime(trial.survey.opensAt)}: ${countInWords(trial.answers)}`,
      workingReport: reportOf(trial),
    })),
    survey: address,
  };
}

function stateOf({
  isPrepared,
  newest,
  isRunning,
  changed,
}: {
  isPrepared: boolean;
  newest: Trial | undefined;
  isRunning: boolean;
  changed: string[];
}): string[] {
  if (!isPrepared) return ['The survey has been opened, so it can no longer be tried out.'];
  if (!newest) return ['It ends by itself when you open the survey.'];
  if (changed.length > 0) {
    return [
      `Changed since this trial run began: ${changed.join(' and ')}. Start another one to try the survey out as it is.`,
    ];
  }
  return isRunning
    ? ['It ends by itself when you open the survey.']
    : ['This trial run has ended. Its test answers still show that the survey has been tried out.'];
}

function openLink({ code, closesAt }: Survey, baseUrl: string): TrialPage['open'] {
  const href = `/s/${code}`;
  const link = `${baseUrl}${href}`;
  return { href, link, qr: qrCode(link, `QR code that opens ${link}`), ends: endInWords({ closesAt }) };
}

function countInWords(answers: number): string {
  if (answers === 0) return 'no test answers yet';
  return answers === 1 ? '1 test answer' : `${answers} test answers`;
}
