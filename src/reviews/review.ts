import type { Subject, SubjectState } from '../discussions/subject';
import { openFirst, type Thread } from '../discussions/thread';
import { checksumOf } from '../questionnaires/checksum';
import type { Definition } from '../questionnaires/definition';
import type { Place } from '../questionnaires/place';

/** A questionnaire as something to discuss. */
export function subjectOf(questionnaireId: string): Subject {
  return { kind: 'questionnaire', id: questionnaireId };
}

/** What a questionnaire says, as something to look at and to approve. */
export function stateOf(definition: Definition): SubjectState {
  return { revision: checksumOf(definition), content: definition };
}

/** The name of the whole questionnaire among its places. */
export const wholeQuestionnaire = { name: '', title: 'The whole questionnaire' };

/** Threads about one page of the questionnaire and its questions; about the whole, or about what is gone. */
export interface ThreadGroup {
  /** The page's number; 0 is the whole, null what is no longer there. */
  page: number | null;
  threads: { thread: Thread; place: Place | null }[];
}

/**
 * Threads in the questionnaire's order: about the whole, then page by page, those about what is gone at the end. Within a
 * page the open ones come first. Groups without a thread are left out.
 */
export function groupsOf(threads: readonly Thread[], places: readonly Place[]): ThreadGroup[] {
  const byName = new Map(places.map((place, index) => [place.name, { place, index }]));
  const order = ({ place }: Thread) => byName.get(place)?.index ?? 0;
  const groups = new Map<number | null, ThreadGroup>();
  const inOrder = openFirst(threads).sort(
    (one, other) => Number(isResolved(one)) - Number(isResolved(other)) || order(one) - order(other),
  );
  for (const thread of inOrder) {
    const place = byName.get(thread.place)?.place ?? null;
    const page = thread.place === wholeQuestionnaire.name ? 0 : (place?.page ?? null);
    const group = groups.get(page) ?? { page, threads: [] };
    group.threads.push({ thread, place });
    groups.set(page, group);
  }
  const rank = ({ page }: ThreadGroup) => page ?? Number.POSITIVE_INFINITY;
  return [...groups.values()].sort((one, other) => Math.sign(rank(one) - rank(other)) || 0);
}

function isResolved({ resolvedAt }: Thread): boolean {
  return resolvedAt !== null;
}
