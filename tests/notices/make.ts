/** A notice as a lead fills it in. */
export const filledIn = {
  controller: 'North Vale Care Trust',
  purpose: 'To plan training.',
  contactName: 'Workforce team',
  contactEmail: 'workforce@example.org',
  lawfulBasis: 'public task',
  retention: 'For a year.',
};
