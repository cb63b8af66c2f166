/**
 * What becomes of every table of the database, and why. A test holds this list against the schema: a new table has a place here, or the test fails.
 */

/** Goes with a survey's rule, at the day of `retention.ts`. */
export const goesWithRule = {
  invitations: [
    'contacts',
    'invitations',
    'contact_imports',
    'contact_import_rows',
    'messages',
    'earlier_tokens',
  ],
  drafts: ['drafts', 'return_keys'],
  answers: ['responses', 'response_batches', 'texts', 'quotes', 'tallies', 'survey_counts'],
} as const;

/** Goes by itself a while after it was last needed: the sweep looks each minute. */
export const goesByAge: Record<string, string> = {
  sessions: 'when a session ends',
  account_links: 'when a one-time link ends',
  sign_in_limits: 'when the count of wrong passwords ends',
  return_limits: 'when the count of wrong codes ends',
  previews: 'when nobody has touched a preview for a while',
  staged_imports: 'a while after a file was read, applied or not',
  made_files: 'FILES_KEPT_DAYS after a file was made; files of answers with the answers at the latest',
  outbox: '30 days after an e-mail was written',
  report_letters: '90 days after an e-mail about a report went, or failed for good',
  report_invitations: '90 days after it was sent, where nobody has joined by it',
};

const framework = 'what is asked and what work needs: nothing about a person who answers';
const project = 'the work of the project: who on the staff made, changed or said what';
const figures =
  'a published report and what was said about it: frozen, and told to be kept in every privacy notice';
const duty = 'shows what was done and what people were told';

/** Stays, and why. */
export const stays: Record<string, string> = {
  ...same(framework, [
    ...['frameworks', 'domains', 'competencies', 'required_levels', 'matrix_columns', 'framework_changes'],
    ...['crosswalk_links', 'crosswalk_omissions', 'crosswalk_sources'],
    ...['questionnaires', 'questionnaire_versions', 'questionnaire_languages', 'questionnaire_translations'],
    ...['questionnaire_changes', 'library_entries', 'check_dismissals'],
    ...['vocabulary_terms', 'deleted_terms', 'project_terms', 'project_vocabularies'],
    ...['training_offers', 'training_coverage', 'training_changes', 'training_offer_changes'],
    ...['populations', 'headcounts', 'survey_populations'],
  ]),
  ...same(project, [
    ...['organisations', 'projects', 'project_members', 'project_coordinators', 'accounts', 'api_tokens'],
    ...['surveys', 'survey_links', 'survey_quotas', 'survey_texts', 'mailings', 'themes', 'text_redactors'],
    ...['reply_addresses', 'approval_rules', 'required_approvers', 'review_requests'],
    ...[
      'discussion_threads',
      'discussion_comments',
      'discussion_states',
      'discussion_looks',
      'comment_mentions',
    ],
    'digest_days',
  ]),
  ...same(figures, [
    ...['releases', 'release_nodes', 'release_figures', 'release_parts', 'release_certificates'],
    ...[
      'report_readers',
      'report_notifications',
      'report_news_told',
      'advisory_chairs',
      'required_signatories',
    ],
    ...['report_signoffs', 'report_signatures'],
    ...['recommendations', 'recommendation_versions', 'recommendation_steps', 'recommendation_answers'],
  ]),
  ...same(
    'what the next report of the same survey is compared with, so that no difference gives anybody away; no page shows it',
    ['release_counts', 'release_text_counts'],
  ),
  ...same(duty, [
    'audit_entries',
    'audit_seals',
    'notices',
    'survey_changes',
    'corrections',
    'retention_runs',
    'data_requests',
    'data_request_steps',
  ]),
  mail_refusals:
    'keeps an organisation from writing to somebody who asked for that: a keyed hash of the address, for as long as it has effect',
};

function same(why: string, tables: readonly string[]): Record<string, string> {
  return Object.fromEntries(tables.map((table) => [table, why]));
}
