import type { FieldErrors } from '../platform/form';
import { inThousands } from '../populations/population';
import { breadcrumbsIn } from '../projects/breadcrumbs';
import type { Project } from '../projects/project';
import type { Survey } from '../surveys/survey';
import type { Page } from '../web/layout';
import type { Contact, ContactState } from './contact';

export const contactsPerPage = 50;

/** "1 person", "1,200 people". */
export function peopleInWords(count: number): string {
  return count === 1 ? '1 person' : `${inThousands(count)} people`;
}

/** "Welsh"; English where no other is named. */
export function languageInWords(language = 'en'): string {
  return new Intl.DisplayNames('en-GB', { type: 'language' }).of(language) ?? language;
}

const stateWords: Record<ContactState, string> = {
  active: 'To be written to',
  withdrawn: 'Not written to: you withdrew the invitation',
  refused: 'Not written to: they asked for it',
  bounced: 'Not written to: e-mails came back',
  complained: 'Not written to: they complained',
};

export interface ContactsPage extends Page {
  /** How many people there are, in words, and how many of them are not written to. */
  summary: string[];
  /** Why nobody can be added, if so. */
  refusal: string | null;
  upload: string;
  /** Where they are written to. */
  mailings: string;
  returned: string;
  search: string;
  action: string;
  table: { columns: string[]; rows: ContactRow[] } | null;
  /** Instead of a table. */
  nothing: string | null;
  pages: { previous: string | null; next: string | null; where: string } | null;
  deletion: string | null;
  /** What this page does not tell, and why. */
  promise: string;
}

export interface ContactRow {
  email: string;
  cells: string[];
  href: string | null;
  /** What can be done about somebody, in words. */
  action: string;
}

export interface ListShown {
  counts: Record<ContactState, number>;
  contacts: readonly Contact[];
  /** Of a confidential survey: who has answered. Null in an anonymous one, where nobody is told. */
  answered: ReadonlySet<string> | null;
  /** How many fit what is searched for. */
  count: number;
  search: string;
  page: number;
  refusal: string | null;
  isOver: boolean;
}

/** Who is invited to a survey. Of an anonymous one nothing here depends on who has answered, not even an order. */
export function contactsPage(project: Project, survey: Survey, shown: ListShown): ContactsPage {
  const { counts, contacts, answered, count, search, page } = shown;
  const total = Object.values(counts).reduce((sum, one) => sum + one, 0);
  const address = `/surveys/${survey.id}/contacts`;
  return {
    title: 'People invited',
    section: survey.name,
    audience: 'staff',
    wide: true,
    breadcrumbs: breadcrumbsIn(project, { href: `/surveys/${survey.id}`, text: survey.name }),
    summary: total === 0 ? [] : [summaryOf(total, counts)],
    refusal: shown.refusal,
    upload: `${address}/imports`,
    mailings: `/surveys/${survey.id}/mailings`,
    returned: `${address}/returned`,
    search,
    action: address,
    table:
      contacts.length === 0
        ? null
        : {
            columns: ['Address', 'Name', 'Language', 'State', ...(answered ? ['Answered'] : [])],
            rows: contacts.map((contact) => rowOf(contact, address, answered)),
          },
    nothing: contacts.length > 0 ? null : nothingInWords(total, search),
    pages: count > contactsPerPage ? pagesOf(address, { count, search, page }) : null,
    deletion: total > 0 && shown.isOver ? `${address}/deletion` : null,
    promise: answered
      ? 'This survey is confidential: those who run it can see who has answered, and only the analysts named can see what.'
      : 'This survey is anonymous: nobody is told who has answered, and who has not.',
  };
}

function summaryOf(total: number, { active }: Record<ContactState, number>): string {
  const others = total - active;
  const not =
    others === 0 ? '' : ` ${inThousands(others)} of them ${others === 1 ? 'is' : 'are'} not written to.`;
  return `${peopleInWords(total)} on the list.${not}`;
}

function nothingInWords(total: number, search: string): string {
  if (total === 0) return 'Nobody is on the list yet. Add people to send each of them a link of their own.';
  return `No address holds “${search}”.`;
}

function rowOf(contact: Contact, address: string, answered: ReadonlySet<string> | null): ContactRow {
  const { id, email, name, language, state } = contact;
  return {
    email,
    cells: [
      name,
      languageInWords(language),
      stateWords[state],
      ...(answered ? [answered.has(id) ? 'Yes' : 'No'] : []),
    ],
    href: changeOf(state) ? `${address}/${id}/${changeOf(state)}` : null,
    action: changeOf(state) === 'restoration' ? 'Write to this person again' : 'Do not write to this person',
  };
}

/** What a lead may do about somebody. What people said themselves stays as they said it. */
function changeOf(state: ContactState): 'withdrawal' | 'restoration' | null {
  if (state === 'active') return 'withdrawal';
  return state === 'withdrawn' || state === 'bounced' ? 'restoration' : null;
}

function pagesOf(address: string, { count, search, page }: { count: number; search: string; page: number }) {
  const last = Math.ceil(count / contactsPerPage);
  const to = (number: number) => {
    const query = new URLSearchParams({ ...(search ? { search } : {}), page: String(number) });
    return `${address}?${query}`;
  };
  const first = (page - 1) * contactsPerPage + 1;
  return {
    previous: page > 1 ? to(page - 1) : null,
    next: page < last ? to(page + 1) : null,
    where: `${inThousands(first)} to ${inThousands(Math.min(count, page * contactsPerPage))} of ${inThousands(count)}`,
  };
}

export interface ContactChangePage extends Page {
  sentences: string[];
  action: string;
  button: string;
  cancel: string;
  /** The button undoes nothing and frightens nobody, or it does. */
  isWarning: boolean;
}

/** Asks before somebody is not written to any more, or is again. */
export function contactChangePage(
  project: Project,
  survey: Survey,
  { id, email }: Contact,
  change: 'withdrawal' | 'restoration',
): ContactChangePage {
  const isWithdrawal = change === 'withdrawal';
  return {
    ...asking(project, survey, isWithdrawal ? 'Do not write to this person' : 'Write to this person again'),
    sentences: isWithdrawal
      ? [
          `No more e-mails about this survey go to ${email}.`,
          'Their personal link says that the invitation was withdrawn. Answers they have begun in their browser can still be finished.',
        ]
      : [`E-mails about this survey go to ${email} again, and the links they were sent work again.`],
    action: `/surveys/${survey.id}/contacts/${id}/${change}`,
    button: isWithdrawal ? 'Do not write to this person' : 'Write to this person again',
    isWarning: isWithdrawal,
  };
}

/** Asks before the list is deleted. */
export function deletionPage(project: Project, survey: Survey, total: number): ContactChangePage {
  return {
    ...asking(project, survey, 'Delete the contact list'),
    sentences: [
      `${peopleInWords(total)}, with their names and addresses and what was sent to them, are deleted. This cannot be undone.`,
      'Answers stay, and so does how many people were invited.',
      'Whoever asked not to be written to stays noted: their address is kept only in a form that cannot be turned back into it.',
    ],
    action: `/surveys/${survey.id}/contacts/deletion`,
    button: 'Delete the contact list',
    isWarning: true,
  };
}

function asking(project: Project, survey: Survey, title: string) {
  const list = `/surveys/${survey.id}/contacts`;
  return {
    title,
    section: survey.name,
    audience: 'staff' as const,
    breadcrumbs: breadcrumbsIn(
      project,
      { href: `/surveys/${survey.id}`, text: survey.name },
      { href: list, text: 'People invited' },
    ),
    cancel: list,
  };
}

export interface ReturnedPage extends Page {
  action: string;
  cancel: string;
  list: string;
  why: Record<string, unknown>;
  /** What was done, and which addresses nobody on the list has. */
  done: { sentence: string; unknown: string[]; more: string } | null;
}

const mostUnknown = 50;

/** Where a lead says which e-mails came back and who complained. */
export function returnedPage(
  project: Project,
  survey: Survey,
  {
    list = '',
    why = '',
    errors = {},
    done,
  }: {
    list?: string;
    why?: string;
    errors?: FieldErrors;
    done?: { marked: number; unknown: readonly string[] };
  } = {},
): ReturnedPage {
  const item = (value: string, text: string, hint: string) => ({
    value,
    text,
    hint: { text: hint },
    checked: why === value,
  });
  return {
    ...asking(project, survey, 'E-mails that came back, and complaints'),
    action: `/surveys/${survey.id}/contacts/returned`,
    list,
    why: {
      idPrefix: 'why',
      name: 'why',
      fieldset: { legend: { text: 'What happened?', size: 'm' } },
      items: [
        item('bounced', 'E-mails to them came back', 'They are not written to any more. Their links work.'),
        item(
          'complained',
          'They complained',
          'They are not written to any more, by any survey of your organisation. Their links work.',
        ),
      ],
      ...(errors.why ? { errorMessage: { text: errors.why } } : {}),
    },
    done: done
      ? {
          sentence: `${peopleInWords(done.marked)} of the list noted.`,
          unknown: done.unknown.slice(0, mostUnknown),
          more:
            done.unknown.length > mostUnknown
              ? `And ${inThousands(done.unknown.length - mostUnknown)} more.`
              : '',
        }
      : null,
    ...(Object.keys(errors).length > 0 ? { errors } : {}),
  };
}
