import { formatDay } from '../platform/days';
import type { Priority, Recommendation, RecommendationContent, Route } from './recommendation';

// What recommendations are called, in every form of a report alike.

export const routeWords: Record<Route, string> = {
  'pre-registration': 'Pre-registration training',
  workplace: 'Workplace training',
  commissioning: 'Commissioning of training',
  'role design': 'Role design',
};

export const priorityWords: Record<Priority, string> = {
  high: 'High priority',
  medium: 'Medium priority',
  low: 'Low priority',
};

/** "High priority; workplace training; for Trust; due 27 March 2027; done". */
export function factsInWords(
  one: Pick<RecommendationContent, 'route' | 'priority' | 'owner' | 'dueOn'> & Pick<Recommendation, 'status'>,
): string {
  const route = routeWords[one.route];
  return [
    priorityWords[one.priority],
    route.charAt(0).toLowerCase() + route.slice(1),
    ...(one.owner === '' ? [] : [`for ${one.owner}`]),
    ...(one.dueOn ? [`due ${formatDay(one.dueOn)}`] : []),
    ...(one.status === 'done' ? ['done'] : []),
  ].join('; ');
}
