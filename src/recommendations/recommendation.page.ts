import { formatDateTime } from '../platform/dates';
import { formatDay } from '../platform/days';
import type { FieldErrors } from '../platform/form';
import type { NavLink } from '../reports/report-nav';
import type { Page } from '../web/layout';
import { type SingleField, singleFields } from './merging';
import {
  isAgreed,
  isEditable,
  isOpenToOpinions,
  lastOpinions,
  nameOf,
  type Opinion,
  type Recommendation,
  type RecommendationContent,
  type Status,
  type Step,
  stepsFrom,
  type Version,
} from './recommendation';
import { priorityWords, routeWords } from './recommendation-words';
import {
  type AtRecommendations,
  addressOf,
  frame,
  listCrumb,
  opinionsInWords,
  statusTag,
  stepInWords,
  type Tag,
} from './recommendations.page';
import type { ReportGap } from './report-gap';

export const fieldNames: Record<SingleField | 'gaps', string> = {
  text: 'What is recommended',
  gaps: 'Gaps it answers',
  route: 'Route',
  priority: 'Priority',
  owner: 'Who should do it',
  dueOn: 'Due',
};

/** What one field of a recommendation says. */
export function fieldInWords(content: RecommendationContent, field: SingleField): string {
  if (field === 'route') return routeWords[content.route];
  if (field === 'priority') return priorityWords[content.priority];
  if (field === 'dueOn') return content.dueOn ? formatDay(content.dueOn) : 'No day set';
  if (field === 'owner') return content.owner || 'Nobody named';
  return content.text;
}

/** What was typed into a form that came back. */
export interface Returned {
  body: Readonly<Record<string, unknown>>;
  errors?: FieldErrors;
  /** Why it could not be kept, though it was filled in well. */
  refused?: string;
}

export interface RecommendationPage extends Page {
  nav: NavLink[];
  closed: string | null;
  refused: string | null;
  caption: string;
  tag: Tag;
  status: string;
  text: string;
  rows: { key: { text: string }; value: { text: string } }[];
  gaps: ReportGap[];
  /** Gaps that this report shows no figure of. */
  noGaps: string | null;
  /** What has been said about it. */
  comments: string | null;
  edit: string | null;
  /** What editing would do, where it does more than edit. */
  editNote: string | null;
  history: string | null;
  opinions: { summary: string; rows: OpinionRow[] } | null;
  answer: { action: string; revision: number; value: string; reason: string } | null;
  steps: { action: string; revision: number; items: object[]; reason: string; note: string } | null;
}

interface OpinionRow {
  email: string;
  tag: Tag;
  when: string;
  reason: string;
}

export interface RecommendationFacts {
  recommendation: Recommendation;
  gaps: ReportGap[];
  opinions: readonly Opinion[];
  mayDecide: boolean;
  accountId: string;
  returned?: Returned;
}

/** One recommendation: what it says, where it stands, who agrees. */
export function recommendationPage(at: AtRecommendations, facts: RecommendationFacts): RecommendationPage {
  const { recommendation: one, gaps, opinions, mayDecide, accountId, returned } = facts;
  const { visit, closed } = at;
  const address = addressOf(one);
  const mayAdvise = visit.may('advise') && closed === null;
  const row = (field: SingleField) => ({
    key: { text: fieldNames[field] },
    value: { text: fieldInWords(one, field) },
  });
  const mine = lastOpinions(opinions).find((opinion) => opinion.accountId === accountId);
  const isMineNow = mine?.revision === one.revision;
  const open = stepsFrom(one.status, mayDecide);
  return {
    title: nameOf(one),
    ...frame(at, listCrumb(at)),
    closed,
    refused: returned?.refused ?? null,
    caption: priorityWords[one.priority],
    tag: statusTag(one.status),
    status: stepInWords({
      ...{ setAt: one.statusAt, setBy: one.statusBy, reason: one.statusReason },
    }),
    text: one.text,
    rows: [row('route'), row('priority'), row('owner'), row('dueOn')],
    gaps,
    noGaps: gaps.length === 0 ? 'It answers no gap of this report yet.' : null,
    edit: mayAdvise && isEditable(one.status) ? `${address}/edit` : null,
    editNote:
      one.status === 'agreed'
        ? 'Once its words are changed it is under discussion again, and has to be agreed again.'
        : null,
    history: visit.may('comment') ? `${address}/history` : null,
    comments: visit.may('comment')
      ? `/reports/${one.releaseId}/comments?place=${encodeURIComponent(`recommendation:${one.id}`)}`
      : null,
    opinions: visit.may('comment') || isAgreed(one) ? opinionsOf(opinions, one.revision) : null,
    answer:
      mayAdvise && isOpenToOpinions(one.status)
        ? {
            action: `${address}/opinions`,
            revision: one.revision,
            value: String(returned?.body.answer ?? (isMineNow ? mine.answer : '')),
            reason: String(
              returned?.body.answer !== undefined ? returned.body.reason : isMineNow ? mine.reason : '',
            ),
          }
        : null,
    steps:
      mayAdvise && open.length > 0
        ? {
            action: `${address}/status`,
            revision: one.revision,
            items: open.map((to) => ({
              value: to,
              text: stepWords(one.status, to),
              checked: returned?.body.to === to,
            })),
            reason: String(returned?.body.stepReason ?? ''),
            note: mayDecide
              ? ''
              : 'Whether it is agreed or rejected is put down by the project lead or the chair of the group.',
          }
        : null,
    ...(returned?.errors ? { errors: returned.errors } : {}),
  };
}

function stepWords(from: Status, to: Status): string {
  if (to === 'under discussion') {
    return from === 'draft' ? 'Put it to the group: under discussion' : 'Open it again: under discussion';
  }
  if (to === 'draft') return from === 'withdrawn' ? 'Bring it back as a draft' : 'Make it a draft again';
  if (to === 'withdrawn') return 'Withdraw it: it is kept, and out of the way';
  if (to === 'agreed' && from === 'done') return 'Not done after all: agreed';
  return statusTag(to).text;
}

function opinionsOf(all: readonly Opinion[], revision: number): RecommendationPage['opinions'] {
  const last = lastOpinions(all);
  const count = (answer: Opinion['answer']) =>
    last.filter((opinion) => opinion.revision === revision && opinion.answer === answer).length;
  return {
    summary:
      last.length === 0
        ? 'Nobody has said yet whether they agree.'
        : `${opinionsInWords(count('agree'), count('disagree'))} with what it says now.`,
    rows: last.map(({ email, answer, reason, answeredAt, revision: seen }) => ({
      email,
      tag: opinionTag(answer, seen === revision),
      when: formatDateTime(answeredAt),
      reason,
    })),
  };
}

function opinionTag(answer: Opinion['answer'], isNow: boolean): Tag {
  if (!isNow) {
    return {
      text: answer === 'agree' ? 'Agreed with an earlier version' : 'Disagreed with an earlier version',
      classes: 'nhsuk-tag--yellow',
    };
  }
  return answer === 'agree'
    ? { text: 'Agrees', classes: 'nhsuk-tag--green' }
    : { text: 'Disagrees', classes: 'nhsuk-tag--orange' };
}

export interface HistoryPage extends Page {
  nav: NavLink[];
  closed: string | null;
  entries: HistoryEntry[];
}

interface HistoryEntry {
  id: string;
  heading: string;
  by: string;
  lines: { name: string; was: string | null; is: string }[];
  restore: { action: string; seen: number } | null;
}

/** Every version of a recommendation and every step it took, the newest first. */
export function historyPage(
  at: AtRecommendations,
  one: Recommendation,
  { versions, steps, opinions, titleOf }: HistoryFacts,
): HistoryPage {
  const mayRestore = at.visit.may('advise') && at.closed === null && isEditable(one.status);
  const address = addressOf(one);
  const written = versions.map((version, index) => ({
    at: version.madeAt,
    entry: {
      id: `version-${version.revision}`,
      heading: version.restoredFrom
        ? `Version ${version.revision}: version ${version.restoredFrom} brought back`
        : `Version ${version.revision}`,
      by: `${version.madeBy}, ${formatDateTime(version.madeAt)}`,
      lines: linesOf(versions[index - 1], version, titleOf),
      restore:
        mayRestore && version.revision !== one.revision
          ? { action: `${address}/history/${version.revision}/restoration`, seen: one.revision }
          : null,
    },
  }));
  const taken = steps.map((step) => ({
    at: step.setAt,
    entry: {
      id: `step-${step.place}`,
      heading: statusTag(step.status).text,
      by: `${step.setBy}, ${formatDateTime(step.setAt)}`,
      lines: step.reason === '' ? [] : [{ name: 'Reason', was: null, is: step.reason }],
      restore: null,
    },
  }));
  const said = opinions.map((opinion) => ({
    at: opinion.answeredAt,
    entry: {
      id: `opinion-${opinion.place}`,
      heading: `${opinion.answer === 'agree' ? 'Agrees' : 'Disagrees'} with version ${opinion.revision}`,
      by: `${opinion.email}, ${formatDateTime(opinion.answeredAt)}`,
      lines: opinion.reason === '' ? [] : [{ name: 'Reason', was: null, is: opinion.reason }],
      restore: null,
    },
  }));
  const all = [...written, ...taken, ...said].sort((a, b) => b.at.getTime() - a.at.getTime());
  return {
    title: `History of recommendation ${one.number}`,
    ...frame(at, listCrumb(at), { href: address, text: nameOf(one) }),
    closed: at.closed,
    entries: all.map(({ entry }) => entry),
  };
}

interface HistoryFacts {
  versions: readonly Version[];
  steps: readonly Step[];
  opinions: readonly Opinion[];
  titleOf(gap: string): string;
}

/** What a version says that the one before did not; of the first, all of it. */
function linesOf(
  before: Version | undefined,
  version: Version,
  titleOf: (gap: string) => string,
): HistoryEntry['lines'] {
  const gaps = (of: Version) => of.gaps.map(titleOf).join('; ') || 'None';
  const lines = singleFields.flatMap((field) => {
    const is = fieldInWords(version, field);
    const was = before ? fieldInWords(before, field) : null;
    return was === is ? [] : [{ name: fieldNames[field], was, is }];
  });
  const was = before ? gaps(before) : null;
  return was === gaps(version) ? lines : [...lines, { name: fieldNames.gaps, was, is: gaps(version) }];
}
