import type { PlaceComments } from './companions';

/** How many comments there are by place; null where nobody can comment yet. */
export type Comments = PlaceComments | null;

/** Where to comment on a place of a report, with how much was said of it. */
export interface CommentLink {
  href: string;
  text: string;
}

export function commentLink(reportId: string, place: string, comments: Comments): CommentLink | null {
  if (!comments) return null;
  const { threads, open } = comments.get(place) ?? { threads: 0, open: 0 };
  const said = threads === 1 ? '1 comment' : `${threads} comments`;
  const text = threads === 0 ? 'Comment' : `${said}${open > 0 ? `, ${open} unresolved` : ''}`;
  return { href: `/reports/${reportId}/comments?place=${encodeURIComponent(place)}`, text };
}
