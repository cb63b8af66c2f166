import type { DatabaseRole, Privilege } from './platform/database-roles';

const read: readonly Privilege[] = ['select'];
const change: readonly Privilege[] = ['select', 'insert', 'update', 'delete'];

/**
 * As whom the pages of respondents ask the database. They keep drafts and store a response, and see none that is stored: with the invitations they read,
 * nobody's answers can be joined, by whatever fault of a page.
 */
export const respondents: DatabaseRole = {
  name: 'skills_respondents',
  grants: {
    responses: ['insert'],
    ...granted(change, ['drafts', 'return_keys', 'return_limits', 'mail_refusals', 'sign_in_limits']),
    ...granted(['select', 'update'], ['contacts', 'invitations']),
    audit_entries: ['insert'],
    ...granted(read, [
      ...['surveys', 'survey_links', 'notices', 'organisations', 'projects'],
      ...[
        'questionnaires',
        'questionnaire_versions',
        'questionnaire_languages',
        'questionnaire_translations',
      ],
      ...['frameworks', 'domains', 'competencies', 'required_levels', 'matrix_columns'],
      ...['vocabulary_terms', 'project_vocabularies', 'project_terms'],
      ...['training_offers', 'training_coverage'],
      ...['messages', 'earlier_tokens'],
    ]),
  },
};

/**
 * As whom the pages of a report ask: they see releases and what is said about them, and write that. What releases are worked out from, and who was asked,
 * is closed to them.
 */
export const readers: DatabaseRole = {
  name: 'skills_readers',
  grants: {
    ...granted(read, [
      ...['surveys', 'projects', 'organisations', 'project_members', 'project_coordinators', 'accounts'],
      ...['release_nodes', 'release_figures', 'release_parts', 'release_certificates'],
      ...[
        'frameworks',
        'domains',
        'competencies',
        'vocabulary_terms',
        'project_vocabularies',
        'project_terms',
      ],
    ]),
    ...granted(change, [
      ...[
        'discussion_threads',
        'discussion_comments',
        'discussion_states',
        'discussion_looks',
        'comment_mentions',
      ],
      ...['recommendations', 'recommendation_versions', 'recommendation_steps', 'recommendation_answers'],
      ...['report_signoffs', 'report_signatures', 'required_signatories', 'advisory_chairs'],
      ...[
        'report_readers',
        'report_invitations',
        'report_letters',
        'report_notifications',
        'report_news_told',
      ],
      ...['made_files', 'digest_days', 'sign_in_limits'],
    ]),
    releases: ['select', 'update (id)'], // To lock one while what is said about it is written.
    api_tokens: ['select', 'update (last_used_on)'],
    audit_entries: ['insert'],
  },
};

function granted(
  privileges: readonly Privilege[],
  tables: readonly string[],
): Record<string, readonly Privilege[]> {
  return Object.fromEntries(tables.map((table) => [table, privileges]));
}
