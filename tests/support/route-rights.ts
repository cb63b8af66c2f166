/**
 * What each address takes, as its routers name it: rights of the table in `projects/access.ts` ("one or another", "one and another"), an account, or
 * nothing. The matrix of rights calls every one of them as every role: an address that is not here fails it, and so does one that answers otherwise
 * than this says.
 */
export const routeRights: Record<string, string> = {
  anybody: `
    GET /health
    GET /ready
    GET /unsubscribe/:token
    POST /unsubscribe/:token
    POST /unsubscribe/:token/undo
    GET /s/:code
    POST /s/:code
    POST /s/:code/another
    GET /s/:code/pages/:number
    POST /s/:code/pages/:number
    GET /s/:code/check
    POST /s/:code/check
    GET /s/:code/submitted
    GET /i/:token
    GET /s/:code/invitation
    POST /s/:code/invitation
    GET /s/:code/profile
    GET /s/:code/profile.pdf
    POST /s/:code/profile/finish
    GET /s/:code/profile/finished
    GET /s/:code/privacy
    GET /s/:code/save
    POST /s/:code/save
    GET /s/:code/continue
    POST /s/:code/continue
    GET /s/:code/continue/:key
    POST /s/:code/continue/:key
    GET /s/:code/leave
    POST /s/:code/leave
    GET /s/:code/left
    POST /s/:code/idle
    GET /s/:code/idle
    POST /s/:code/pages/:number/answers
    GET /s/:code/offline
    GET /s/:code/offline/token
    GET /s/:code/worker.js
    GET /
    GET /privacy
    GET /accessibility
    GET /cookies
    GET /reply-addresses/:token
    POST /reply-addresses/:token
    GET /sign-in
    GET /sign-in/email
    GET /sign-in/email/sent
    POST /sign-in/email
    GET /sign-in/forgotten
    GET /sign-in/forgotten/sent
    POST /sign-in/forgotten
    GET /sign-in/links/:token
    POST /sign-in/links/:token
    POST /sign-in
    POST /sign-out
    GET /reports/invitations/:token
    POST /reports/invitations/:token
  `,
  'an account': `
    GET /account/sessions
    POST /account/sessions/end-others
    POST /account/sessions/:id/end
    GET /projects
    GET /requests
    GET /vocabularies
    GET /vocabularies/:name
  `,
  'read reports': `
    GET /reports/:id
    GET /reports/:id.json
    GET /reports/:id/charts/:name.csv
    GET /reports/:id/map
    GET /reports/:id/items/:number
    GET /reports/:id/groups
    GET /reports/:id/said
    GET /reports/:id/comparison
    GET /reports/:id/training
    GET /reports/:id/commissioning
    GET /reports/:id/recommendations
    GET /reports/:id/recommendations/:recommendation
    GET /reports/:id/sign-off
    GET /reports/:id/sign-off/verification
    GET /reports/:id/files
    POST /reports/:id/files
    GET /reports/:id/files/events
    GET /reports/:id/files/:file
    GET /reports/:id/charts/:name.svg
    GET /reports/:id/charts/:name.png
  `,
  'create projects': `
    GET /projects/new
    POST /projects
  `,
  'see the project': `
    GET /projects/:id/people
    GET /projects/:id/departure
    POST /projects/:id/departure
    GET /projects/:id
    GET /projects/:id/vocabularies
    GET /projects/:id/vocabularies/:name
    GET /frameworks/:id
    GET /frameworks/:id/versions
    GET /frameworks/:id/difference
    GET /frameworks/:id/matrix
    GET /frameworks/:id/roles
    GET /frameworks/:id/roles.csv
    GET /frameworks/:id/roles/pairs.csv
    GET /frameworks/:id/crosswalk
    GET /frameworks/:id/crosswalk.csv
    GET /frameworks/:id/crosswalk/:sourceId
    GET /frameworks/:id/crosswalk/:sourceId/competencies/:lineageId
    GET /frameworks/:id/export
    GET /projects/:id/training
    GET /training/:id
    GET /frameworks/:id/training
    GET /frameworks/:id/training.csv
    GET /questionnaires/:id
    GET /questionnaires/:id/checks
    GET /questionnaires/:id/export
    GET /projects/:id/library
    GET /library/:id
    GET /questionnaires/:id/paths
    GET /questionnaires/:id/map
    GET /questionnaires/:id/translations
    GET /questionnaires/:id/translations/:language
    GET /questionnaires/:id/translations/:language/export
    GET /questionnaires/:id/preview
    POST /questionnaires/:id/preview
    GET /questionnaires/:id/preview/phone
    GET /questionnaires/:id/preview/desktop
    GET /questionnaires/:id/preview/walk
    POST /questionnaires/:id/preview/walk
    POST /questionnaires/:id/preview/walk/another
    GET /questionnaires/:id/preview/walk/pages/:number
    POST /questionnaires/:id/preview/walk/pages/:number
    GET /questionnaires/:id/preview/walk/check
    POST /questionnaires/:id/preview/walk/check
    GET /questionnaires/:id/preview/walk/submitted
  `,
  'change the project': `
    GET /library/:id/edit
    POST /library/:id/edit
    POST /library/:id/retirement
    POST /library/:id/restoration
    GET /populations/:id/edit
    POST /populations/:id/edit
    GET /populations/:id/headcounts
    POST /populations/:id/headcounts
    GET /populations/:id/retirement
    POST /populations/:id/retirement
    POST /populations/:id/restoration
    GET /populations/:id/imports
    POST /populations/:id/imports
    GET /projects/:id/edit
    POST /projects/:id/edit
    GET /projects/:id/vocabularies/:name/choice
    POST /projects/:id/vocabularies/:name/choice
    POST /projects/:id/vocabularies/:name/choice/undo
    GET /projects/:id/vocabularies/:name/terms/new
    POST /projects/:id/vocabularies/:name/terms
    GET /projects/:id/vocabularies/:name/terms/:code
    POST /projects/:id/vocabularies/:name/terms/:code
    POST /projects/:id/vocabularies/:name/terms/:code/archive
    POST /projects/:id/vocabularies/:name/terms/:code/restoration
    POST /projects/:id/vocabularies/:name/terms/:code/deletion
    GET /projects/:id/populations/new
    POST /projects/:id/populations
    GET /projects/:id/populations/imports
    POST /projects/:id/populations/imports
    POST /frameworks/:id/changes/:changeId/undo
    POST /frameworks/:id/versions
    GET /frameworks/:id/publication
    POST /frameworks/:id/publication
    GET /frameworks/:id/retirement
    POST /frameworks/:id/retirement
    GET /frameworks/:id/restoration
    POST /frameworks/:id/restoration
    GET /frameworks/:id/removal
    POST /frameworks/:id/removal
    GET /projects/:id/frameworks/new
    POST /projects/:id/frameworks
    GET /frameworks/:id/edit
    POST /frameworks/:id/edit
    GET /frameworks/:id/scale
    POST /frameworks/:id/scale
    GET /frameworks/:id/domains/new
    POST /frameworks/:id/domains
    GET /frameworks/:id/domains/:lineageId
    POST /frameworks/:id/domains/:lineageId
    GET /frameworks/:id/domains/:lineageId/removal
    POST /frameworks/:id/domains/:lineageId/removal
    GET /frameworks/:id/competencies/new
    POST /frameworks/:id/competencies
    GET /frameworks/:id/competencies/:lineageId
    POST /frameworks/:id/competencies/:lineageId
    GET /frameworks/:id/competencies/:lineageId/removal
    POST /frameworks/:id/competencies/:lineageId/removal
    POST /frameworks/:id/order
    POST /frameworks/:id/matrix
    POST /frameworks/:id/matrix/levels
    GET /frameworks/:id/matrix/columns
    POST /frameworks/:id/matrix/columns
    POST /frameworks/:id/crosswalk
    POST /frameworks/:id/crosswalk/:sourceId/removal
    POST /frameworks/:id/crosswalk/:sourceId/placements
    GET /frameworks/:id/crosswalk/:sourceId/take-over
    POST /frameworks/:id/crosswalk/:sourceId/take-over
    POST /frameworks/:id/crosswalk/:sourceId/competencies/:lineageId/take-over
    POST /frameworks/:id/crosswalk/:sourceId/competencies/:lineageId/link
    POST /frameworks/:id/crosswalk/:sourceId/competencies/:lineageId/omission
    POST /frameworks/:id/crosswalk/:sourceId/competencies/:lineageId/unlinking
    POST /frameworks/:id/crosswalk/:sourceId/competencies/:lineageId/restoration
    GET /projects/:id/frameworks/imports
    POST /projects/:id/frameworks/imports
    GET /frameworks/:id/imports
    POST /frameworks/:id/imports
    GET /imports/:id
    POST /imports/:id/application
    POST /imports/:id/cancellation
    GET /projects/:id/training/new
    POST /projects/:id/training
    GET /training/:id/edit
    POST /training/:id/edit
    POST /training/:id/archive
    POST /training/:id/restoration
    GET /training/:id/teaches
    POST /training/:id/teaches
    POST /training/changes/:id/undo
    GET /frameworks/:id/training/imports
    POST /frameworks/:id/training/imports
    GET /frameworks/:id/questionnaires/new
    POST /frameworks/:id/questionnaires
    GET /questionnaires/:id/publication
    POST /questionnaires/:id/publication
    POST /questionnaires/:id/checks/fix
    POST /questionnaires/:id/checks/undo
    GET /questionnaires/:id/checks/:key/aside
    POST /questionnaires/:id/checks/:key/aside
    POST /questionnaires/:id/checks/:key/back
    GET /projects/:id/questionnaires/imports
    POST /projects/:id/questionnaires/imports
    GET /questionnaires/:id/library/new
    POST /questionnaires/:id/library/new
    GET /questionnaires/:id/library
    POST /questionnaires/:id/library
    GET /questionnaires/:id/conditions/:place
    POST /questionnaires/:id/conditions/:place
    POST /questionnaires/:id/translations
    POST /questionnaires/:id/translations/:language
    GET /questionnaires/:id/translations/:language/removal
    POST /questionnaires/:id/translations/:language/removal
    GET /questionnaires/:id/translations/:language/imports
    POST /questionnaires/:id/translations/:language/imports
    GET /questionnaires/:id/pages
    GET /questionnaires/:id/pages/:page
    POST /questionnaires/:id/pages
    POST /questionnaires/:id/pages/:page
    POST /questionnaires/:id/pages/:page/order
    POST /questionnaires/:id/pages/:page/copy
    GET /questionnaires/:id/pages/:page/removal
    POST /questionnaires/:id/pages/:page/removal
    GET /questionnaires/:id/settings
    POST /questionnaires/:id/settings
    POST /questionnaires/:id/seed
    GET /questionnaires/:id/changes
    POST /questionnaires/:id/undo
    POST /questionnaires/:id/redo
    GET /questionnaires/:id/questions/:question
    POST /questionnaires/:id/questions/:question
    POST /questionnaires/:id/pages/:page/questions
    POST /questionnaires/:id/questions/:question/order
    POST /questionnaires/:id/questions/:question/copy
    GET /questionnaires/:id/questions/:question/removal
    POST /questionnaires/:id/questions/:question/removal
    POST /questionnaires/:id/questions/:question/kind
    POST /questionnaires/:id/questions/:question/scale
    POST /questionnaires/:id/questions/:question/terms
    POST /questionnaires/:id/questions/:question/name
    GET /questionnaires/:id/competencies
    POST /questionnaires/:id/competencies
  `,
  'archive the project': `
    POST /projects/:id/archive
    POST /projects/:id/restoration
  `,
  'edit organisations': `
    GET /organisations
    POST /organisations
    GET /organisations/:id
    POST /organisations/:id
  `,
  'edit vocabularies': `
    POST /vocabularies/:name/order
    GET /vocabularies/:name/terms/new
    POST /vocabularies/:name/terms
    GET /vocabularies/:name/terms/:code
    POST /vocabularies/:name/terms/:code
    GET /vocabularies/:name/terms/:code/removal
    POST /vocabularies/:name/terms/:code/removal
  `,
  'see the survey': `
    GET /projects/:id/populations
    GET /populations/:id
    GET /populations/:id/headcounts.csv
    GET /surveys/:id
    GET /surveys/:id/readiness
    GET /surveys/:id/retention
    GET /surveys/:id/trial
    GET /surveys/:id/share
    GET /surveys/:id/share/qr.svg
    GET /surveys/:id/share/qr.png
    GET /surveys/:id/share/poster
    GET /surveys/:id/share/cards
    GET /surveys/:id/notice
    GET /surveys/:id/corrections
    GET /surveys/:id/releases
  `,
  comment: `
    GET /questionnaires/:id/review
    POST /questionnaires/:id/review/threads
    GET /questionnaires/:id/review/changes
    GET /questionnaires/:id/review/threads/:thread
    POST /questionnaires/:id/review/threads/:thread/comments
    POST /questionnaires/:id/review/threads/:thread/resolution
    POST /questionnaires/:id/review/threads/:thread/reopening
    POST /questionnaires/:id/review/threads/:thread/comments/:comment/withdrawal
    GET /questionnaires/:id/review/answer
    POST /questionnaires/:id/review/answer
    GET /reports/:id/comments
    GET /reports/:id/comments/new
    POST /reports/:id/comments
    GET /reports/:id/comments/:thread
    POST /reports/:id/comments/:thread/comments
    POST /reports/:id/comments/:thread/resolution
    POST /reports/:id/comments/:thread/reopening
    POST /reports/:id/comments/:thread/comments/:comment/withdrawal
    GET /reports/:id/notifications
    POST /reports/:id/notifications
    GET /reports/:id/recommendations/:recommendation/history
    GET /reports/:id/signed.json
  `,
  'ask for review': `
    GET /questionnaires/:id/review/requests/new
    POST /questionnaires/:id/review/requests
    POST /questionnaires/:id/review/requests/:request/withdrawal
  `,
  'set approvals': `
    GET /questionnaires/:id/review/approvals
    POST /questionnaires/:id/review/approvals
  `,
  'run the survey': `
    GET /surveys/:id/closure
    POST /surveys/:id/closure
    GET /surveys/:id/closing
    POST /surveys/:id/closing
    GET /questionnaires/:id/surveys/new
    POST /questionnaires/:id/surveys
    GET /surveys/:id/settings
    POST /surveys/:id/settings
    POST /surveys/:id/version
    GET /surveys/:id/repeats/new
    POST /surveys/:id/repeats
    POST /surveys/:id/launch
    POST /surveys/:id/trial
    GET /surveys/:id/links
    GET /surveys/:id/links/new
    POST /surveys/:id/links
    GET /surveys/:id/links/several
    POST /surveys/:id/links/several
    POST /surveys/:id/links/each
    POST /surveys/:id/links/again
    GET /surveys/:id/links/:link/edit
    POST /surveys/:id/links/:link/edit
    POST /surveys/:id/links/:link/closure
    POST /surveys/:id/links/:link/reopening
    GET /surveys/:id/links/:link/share
    GET /surveys/:id/links/:link/share/qr.svg
    GET /surveys/:id/links/:link/share/qr.png
    GET /surveys/:id/links/:link/share/poster
    GET /surveys/:id/links/:link/share/cards
    POST /surveys/:id/notice
    GET /surveys/:id/contacts
    GET /surveys/:id/contacts/returned
    POST /surveys/:id/contacts/returned
    GET /surveys/:id/contacts/deletion
    POST /surveys/:id/contacts/deletion
    GET /surveys/:id/contacts/:contact/withdrawal
    GET /surveys/:id/contacts/:contact/restoration
    POST /surveys/:id/contacts/:contact/withdrawal
    POST /surveys/:id/contacts/:contact/restoration
    GET /surveys/:id/mailings/texts/:kind
    POST /surveys/:id/mailings/texts/:kind
    POST /surveys/:id/mailings/texts/:kind/usual
    POST /surveys/:id/mailings/texts/:kind/test
    GET /surveys/:id/mailings
    GET /surveys/:id/mailings/new
    POST /surveys/:id/mailings
    GET /surveys/:id/mailings/:mailing
    POST /surveys/:id/mailings/:mailing/pause
    POST /surveys/:id/mailings/:mailing/resume
    POST /surveys/:id/mailings/:mailing/stop
    POST /surveys/:id/mailings/:mailing/again
    GET /projects/:id/reply-address
    POST /projects/:id/reply-address
    POST /surveys/:id/corrections
    GET /surveys/:id/batches
    GET /surveys/:id/batches/:batch/removal
    POST /surveys/:id/batches/:batch/removal
    GET /surveys/:id/imports
    POST /surveys/:id/imports
    GET /surveys/:id/imports/:import/columns
    POST /surveys/:id/imports/:import/columns
    GET /surveys/:id/imports/:import/values
    POST /surveys/:id/imports/:import/values
    GET /projects/:id/coordinators
    POST /projects/:id/coordinators
    POST /projects/:id/coordinators/:account/removal
    GET /surveys/:id/quotas
    GET /surveys/:id/quotas/new
    POST /surveys/:id/quotas
    POST /surveys/:id/quotas/again
    GET /surveys/:id/quotas/:quota/edit
    POST /surveys/:id/quotas/:quota/edit
    POST /surveys/:id/quotas/:quota/removal
    POST /surveys/:id/texts/where-to-turn
    POST /surveys/:id/texts/redactors
  `,
  'answer people about their data': `
    GET /surveys/:id/requests
    POST /surveys/:id/requests
    GET /surveys/:id/requests/new
    GET /surveys/:id/requests/:request
    POST /surveys/:id/requests/:request/steps
    POST /surveys/:id/requests/:request/answers
    POST /surveys/:id/requests/:request/answers/deletion
    POST /surveys/:id/requests/:request/answers/file
  `,
  'coordinate an organisation': `
    GET /surveys/:id/own-headcounts
    POST /surveys/:id/own-headcounts
    GET /surveys/:id/own-progress
  `,
  'see working figures': `
    GET /surveys/:id/progress
    GET /surveys/:id/progress/events
    GET /surveys/:id/releases/:number
    GET /surveys/:id/releases/:number/events
    GET /surveys/:id/working-report
  `,
  'redact texts': `
    GET /surveys/:id/texts/redaction
    POST /surveys/:id/texts/redaction
    GET /surveys/:id/texts/redaction/:text
    POST /surveys/:id/texts/redaction/:text
  `,
  'code texts': `
    GET /surveys/:id/texts/themes
    GET /surveys/:id/texts/themes/new
    POST /surveys/:id/texts/themes/new
    GET /surveys/:id/texts/themes/:theme
    POST /surveys/:id/texts/themes/:theme
    POST /surveys/:id/texts/themes/:theme/up
    POST /surveys/:id/texts/themes/:theme/removal
    GET /surveys/:id/texts/coding
    POST /surveys/:id/texts/coding
    GET /surveys/:id/texts/quotes/new
    POST /surveys/:id/texts/quotes/new
  `,
  'release texts': `
    POST /surveys/:id/texts/quotes/:text/approval
  `,
  'release reports': `
    GET /surveys/:id/releases/new
    POST /surveys/:id/releases
    POST /surveys/:id/releases/:number/again
    GET /surveys/:id/releases/:number/publication
    POST /surveys/:id/releases/:number/publication
    GET /surveys/:id/releases/:number/removal
    POST /surveys/:id/releases/:number/removal
    POST /reports/:id/recommendations/chair
    POST /reports/:id/recommendations/copies
    GET /reports/:id/sign-off/settings
    POST /reports/:id/sign-off/settings
    POST /reports/:id/sign-off/opening
    POST /reports/:id/sign-off/reopening
    POST /reports/:id/sign-off/completion
  `,
  'invite to reports': `
    GET /reports/:id/people
    POST /reports/:id/people/invitations
    POST /reports/:id/people/invitations/:invitation/letters
    POST /reports/:id/people/invitations/:invitation/withdrawal
    POST /reports/:id/sign-off/readers
  `,
  'take answers away': `
    GET /surveys/:id/answers
    POST /surveys/:id/answers
    GET /surveys/:id/answers/events
    GET /surveys/:id/answers/:file
  `,
  advise: `
    GET /reports/:id/recommendations/new
    POST /reports/:id/recommendations
    GET /reports/:id/recommendations/:recommendation/edit
    POST /reports/:id/recommendations/:recommendation/edit
    POST /reports/:id/recommendations/:recommendation/history/:revision/restoration
    POST /reports/:id/recommendations/:recommendation/opinions
    POST /reports/:id/recommendations/:recommendation/status
  `,
  'sign reports': `
    POST /reports/:id/sign-off/signatures
  `,
  'see the outbox': `
    GET /admin/outbox
    GET /admin/outbox/:id
  `,
  'run retention': `
    GET /admin/retention
    GET /admin/retention/run
    POST /admin/retention/run
  `,
  'see privacy records': `
    GET /projects/:id/privacy-records
    GET /projects/:id/privacy-records.csv
    GET /surveys/:id/privacy-record
    GET /surveys/:id/privacy-record/assessment
    GET /surveys/:id/privacy-record/assessment.pdf
    GET /surveys/:id/privacy-record/record.csv
    GET /surveys/:id/privacy-record/record.pdf
  `,
  'see the audit trail': `
    GET /admin/audit
  `,
  'change the project and edit the organisation library': `
    POST /library/:id/sharing
  `,
  'change the project and create projects': `
    POST /projects/:id/copies
  `,
  'run the survey or coordinate an organisation': `
    GET /surveys/:id/contacts/imports
    POST /surveys/:id/contacts/imports
    GET /surveys/:id/contacts/imports/:import
  `,
  'code texts or release texts': `
    GET /surveys/:id/texts
    GET /surveys/:id/texts/quotes
    POST /surveys/:id/texts/quotes/:text/removal
  `,
  'change who is in the project': `
    POST /projects/:id/people
    GET /projects/:id/people/:account
    POST /projects/:id/people/:account
    GET /projects/:id/people/:account/removal
    POST /projects/:id/people/:account/removal
    GET /projects/:id/handover
    POST /projects/:id/handover
  `,
  'a token': `
    GET /api/v1/reports
    GET /api/v1/reports/:id
  `,
};
