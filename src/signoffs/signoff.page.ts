import { formatDate, formatDateTime } from '../platform/dates';
import type { FieldErrors } from '../platform/form';
import type { Release } from '../releases/release';
import { type NavLink, reportNav } from '../reports/report-nav';
import { type AtReport, breadcrumbsFor } from '../reports/report-visit';
import type { Page } from '../web/layout';
import {
  declarationOf,
  hindrances,
  lastSignatures,
  signoffLimits as limits,
  missingSignatures,
  type Signatory,
  type Signature,
  type Signoff,
  standingOf,
} from './signoff';
import type { Standing } from './standing';

interface Tag {
  text: string;
  classes: string;
}

export interface SignoffPage extends Page {
  nav: NavLink[];
  refused: string | null;
  status: string;
  sentences: string[];
  tag: Tag;
  /** What is signed. */
  rows: { key: { text: string }; value: { text: string } }[];
  state: string;
  warnings: string[];
  /** Who has to sign and who has; null before the sign-off for those who are only readers. */
  members: MemberRow[] | null;
  noMembers: string | null;
  earlier: MemberRow[];
  sign: SignForm | null;
  settings: { href: string } | null;
  lead: LeadForms | null;
  /** Once it is signed. */
  signed: { checksum: string; file: string | null; verify: string } | null;
  readers: { action: string; text: string } | null;
}

interface MemberRow {
  email: string;
  required: string;
  tag: Tag;
  when: string;
  reason: string;
  interest: string;
}

interface SignForm {
  action: string;
  heading: string;
  explained: string;
  declaration: string;
  state: string;
  stage: Signature['stage'];
  answer: string;
  reason: string;
  conflict: string;
  interest: string;
}

interface LeadForms {
  missing: string[];
  open: string | null;
  reopen: string | null;
  complete: string | null;
}

export interface AtSignoff {
  release: Pick<Release, 'id' | 'number' | 'document' | 'publishedAt'>;
  visit: AtReport;
}

export interface SignoffFacts {
  signoff: Signoff;
  standing: Standing;
  required: readonly Signatory[];
  signatures: readonly Signature[];
  accountId: string;
  /** The checksum of the figures, and of what would be signed now. */
  figures: string;
  state: string;
  openThreads: number;
  recommendations: { agreed: number; open: number };
  /** Guests of the report that this one replaces who cannot read it. */
  missingReaders: { number: number; count: number } | undefined;
  returned?: { body: Readonly<Record<string, unknown>>; errors?: FieldErrors; refused?: string };
}

function frame({ release, visit }: AtSignoff, ...further: { href: string; text: string }[]) {
  const { name } = release.document!.survey;
  return {
    section: name,
    audience: 'staff' as const,
    breadcrumbs: breadcrumbsFor(visit, { href: `/reports/${release.id}`, text: name }, ...further),
    nav: reportNav(release.id, 'sign-off', visit),
  };
}

const stageTags: Record<Signoff['stage'], Tag> = {
  open: { text: 'Under discussion', classes: 'nhsuk-tag--blue' },
  signing: { text: 'Being signed', classes: 'nhsuk-tag--yellow' },
  signed: { text: 'Signed', classes: 'nhsuk-tag--green' },
};

/** The sign-off of a report: what is signed, who has to, who has, and what remains to be done. */
export function signoffPage(at: AtSignoff, facts: SignoffFacts): SignoffPage {
  const { release, visit } = at;
  const { signoff, standing, returned, required } = facts;
  const address = `/reports/${release.id}/sign-off`;
  const isSigned = signoff.stage === 'signed';
  const seesMembers = isSigned || visit.may('comment');
  const mayLead = visit.may('release reports');
  const members = memberRows(facts);
  return {
    title: 'Sign-off',
    ...frame(at),
    refused: returned?.refused ?? null,
    status: `${standing.status}.`,
    sentences: standing.sentences,
    tag: stageTags[signoff.stage],
    rows: rowsOf(at, facts),
    state: facts.state,
    warnings: isSigned || !seesMembers ? [] : warningsOf(facts),
    members: seesMembers ? members : null,
    noMembers:
      seesMembers && members.length === 0
        ? 'Nobody has been asked to sign yet, and nobody has signed.'
        : null,
    earlier: seesMembers ? earlierRows(facts) : [],
    sign: visit.may('sign reports') && !isSigned ? signForm(address, facts) : null,
    settings: mayLead && signoff.stage === 'open' ? { href: `${address}/settings` } : null,
    lead: mayLead && !isSigned ? leadForms(address, required, facts) : null,
    signed: isSigned
      ? {
          checksum: signoff.checksum!,
          file: visit.may('comment') ? `/reports/${release.id}/signed.json` : null,
          verify: `${address}/verification`,
        }
      : null,
    readers:
      visit.may('invite to reports') && facts.missingReaders
        ? {
            action: `${address}/readers`,
            text: readersInWords(facts.missingReaders),
          }
        : null,
    ...(returned?.errors ? { errors: returned.errors } : {}),
  };
}

function rowsOf({ release, visit }: AtSignoff, facts: SignoffFacts): SignoffPage['rows'] {
  const { agreed, open } = facts.recommendations;
  const row = (key: string, text: string) => ({ key: { text: key }, value: { text } });
  const isSigned = facts.signoff.stage === 'signed';
  const seesDrafts = !isSigned && visit.may('comment');
  return [
    row('Report', `Report ${release.number} on “${release.document!.survey.name}”`),
    row('Published', formatDate(release.publishedAt!)),
    row('Checksum of its figures', facts.figures),
    row('Recommendations', `${agreed} agreed${seesDrafts ? `, ${open} not settled` : ''}`),
  ];
}

function warningsOf({ openThreads, recommendations: { open } }: SignoffFacts): string[] {
  return [
    ...(openThreads > 0
      ? [
          openThreads === 1
            ? '1 comment thread is still open.'
            : `${openThreads} comment threads are still open.`,
        ]
      : []),
    ...(open > 0
      ? [
          open === 1
            ? '1 recommendation is a draft or under discussion: it is signed as that, and readers do not see it.'
            : `${open} recommendations are drafts or under discussion: they are signed as that, and readers do not see them.`,
        ]
      : []),
  ];
}

function memberRows({ signoff, required, signatures, state }: SignoffFacts): MemberRow[] {
  const stage = signoff.stage === 'open' ? 'interim' : 'final';
  const given = lastSignatures(signatures, stage, signoff.round);
  const requiredWords = signoff.stage === 'signed' ? 'Had to sign' : 'Has to sign';
  const isRequired = new Set(required.map(({ accountId }) => accountId));
  const waiting = required.filter(({ accountId }) => !given.some((one) => one.accountId === accountId));
  // What is signed for good was signed as it is.
  const now = (signature: Signature) => (signoff.stage === 'signed' ? signature.state : state);
  return [
    ...given.map((one) => signatureRow(one, isRequired.has(one.accountId) ? requiredWords : '', now(one))),
    ...waiting.map(({ email }) => ({
      ...{ email, required: 'Has to sign', when: '', reason: '', interest: '' },
      tag: { text: 'Not yet', classes: 'nhsuk-tag--grey' },
    })),
  ];
}

function signatureRow(one: Signature, required: string, state: string): MemberRow {
  return {
    email: one.email,
    required,
    tag: signatureTag(one, state),
    when: `${one.stage === 'interim' ? 'In the interim, on' : 'On'} ${formatDateTime(one.answeredAt)}`,
    reason: one.reason,
    interest:
      one.interest === '' ? 'Declares no conflict of interest.' : `Declares an interest: ${one.interest}`,
  };
}

function signatureTag(one: Signature, state: string): Tag {
  const standing = standingOf(one, state);
  const text = standing.charAt(0).toUpperCase() + standing.slice(1);
  if (standing === 'signed') return { text, classes: 'nhsuk-tag--green' };
  return { text, classes: standing === 'objected' ? 'nhsuk-tag--orange' : 'nhsuk-tag--yellow' };
}

/** Answers that no longer count: of the interim once that is over, of a round that was reopened, and those that somebody changed. */
function earlierRows({ signoff, signatures, state }: SignoffFacts): MemberRow[] {
  const stage = signoff.stage === 'open' ? 'interim' : 'final';
  const counted = new Set(lastSignatures(signatures, stage, signoff.round));
  return signatures
    .filter((one) => !counted.has(one))
    .map((one) => {
      const isVoid = one.stage === 'final' && one.round !== signoff.round;
      const row = signatureRow(one, '', state);
      return isVoid ? { ...row, tag: { text: 'Void: reopened since', classes: 'nhsuk-tag--grey' } } : row;
    });
}

function signForm(address: string, facts: SignoffFacts): SignForm {
  const { signoff, returned, accountId, signatures, state } = facts;
  const stage = signoff.stage === 'open' ? 'interim' : 'final';
  const mine = lastSignatures(signatures, stage, signoff.round).find((one) => one.accountId === accountId);
  const body = returned?.body ?? {};
  const word = (field: string, before: string) => String(body[field] ?? before);
  return {
    action: `${address}/signatures`,
    heading: mine ? 'Change your answer' : stage === 'interim' ? 'Sign in the interim' : 'Sign for good',
    explained:
      stage === 'interim'
        ? 'The discussion goes on. Your answer holds for the figures and the recommendations as they are now; once a recommendation changes it is shown as given for an earlier state.'
        : 'The discussion is closed. Your answer holds for the figures, the comments and the recommendations as they are now.',
    declaration: declarationOf(signoff),
    state,
    stage,
    answer: word('answer', mine?.answer ?? ''),
    reason: word('reason', mine?.reason ?? ''),
    conflict: word('conflict', mine ? (mine.interest === '' ? 'none' : 'declared') : ''),
    interest: word('interest', mine?.interest ?? ''),
  };
}

function leadForms(address: string, required: readonly Signatory[], facts: SignoffFacts): LeadForms {
  const { signoff, signatures, state } = facts;
  const isSigning = signoff.stage === 'signing';
  const missing = isSigning
    ? missingSignatures(required, signatures, { round: signoff.round, state })
    : hindrances(required);
  return {
    missing,
    open: !isSigning && missing.length === 0 ? `${address}/opening` : null,
    reopen: isSigning ? `${address}/reopening` : null,
    complete: isSigning && missing.length === 0 ? `${address}/completion` : null,
  };
}

function readersInWords({ number, count }: { number: number; count: number }): string {
  return count === 1
    ? `1 person who was invited to report ${number} cannot read this one.`
    : `${count} people who were invited to report ${number} cannot read this one.`;
}

export interface SettingsPage extends Page {
  nav: NavLink[];
  action: string;
  cancel: string;
  declaration: string;
  longest: number;
  /** Said where the words can no longer be changed. */
  fixed: boolean;
  people: object[];
  refused: string | null;
}

/** Asks who has to sign, and what they declare. */
export function settingsPage(
  at: AtSignoff,
  { signoff, signatures, people, required, typed, errors, refused }: SettingsFacts,
): SettingsPage {
  const address = `/reports/${at.release.id}/sign-off`;
  const ticked = typed ? [typed.person ?? []].flat() : required.map(({ accountId }) => accountId);
  return {
    title: 'Who has to sign',
    ...frame(at, { href: address, text: 'Sign-off' }),
    action: `${address}/settings`,
    cancel: address,
    declaration: typed ? String(typed.declaration ?? '') : declarationOf(signoff),
    longest: limits.declaration,
    fixed: signatures.length > 0,
    people: people.map(({ accountId, email, role }) => ({
      ...{ value: accountId, text: email, hint: { text: role } },
      checked: ticked.includes(accountId),
    })),
    refused: refused ?? null,
    ...(errors ? { errors } : {}),
  };
}

export interface SettingsFacts {
  signoff: Signoff;
  signatures: readonly Signature[];
  /** Who may sign, and as what. */
  people: readonly (Signatory & { role: string })[];
  required: readonly Signatory[];
  typed?: Readonly<Record<string, unknown>>;
  errors?: FieldErrors;
  refused?: string;
}

export interface VerificationPage extends Page {
  nav: NavLink[];
  verdict: string;
  isEqual: boolean;
  kept: string;
  now: string;
  file: string | null;
}

/** Whether what is in the database is what was signed. */
export function verificationPage(
  at: AtSignoff,
  { kept, now, isEqual }: { kept: string; now: string; isEqual: boolean },
): VerificationPage {
  const address = `/reports/${at.release.id}/sign-off`;
  return {
    title: 'Verification',
    ...frame(at, { href: address, text: 'Sign-off' }),
    verdict: isEqual
      ? 'This report is as it was signed: its checksum, worked out again just now, is the one that was kept.'
      : 'This report is not as it was signed: its checksum, worked out again just now, is another one. Tell whoever runs this service.',
    isEqual,
    kept,
    now,
    file: at.visit.may('comment') ? `/reports/${at.release.id}/signed.json` : null,
  };
}
