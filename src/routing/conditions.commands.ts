import type { Actor } from '../audit/actor';
import { changeQuestionnaire } from '../edits/edits.commands';
import { lockQuestionnaire } from '../edits/edits.queries';
import type { FieldErrors } from '../platform/form';
import { conflict } from '../platform/problem';
import type { Services } from '../services';
import { shortened } from './condition-words';
import { refusalsOf } from './expression-check';
import { conditionEdit, findTarget, type Target } from './target';

export type SavedCondition = { saved: true } | { saved: false; errors: FieldErrors; now: string };

/**
 * Gives a page or question this condition; an empty one shows it always. `seen` is the one the form was opened with:
 * where somebody has set another meanwhile, or it cannot stand there, it is said in words and nothing changes.
 */
export async function setCondition(
  { db, clock }: Services,
  actor: Actor,
  questionnaireId: string,
  { of, name }: Pick<Target, 'of' | 'name'>,
  wish: { seen: string; expression: string; field: string },
): Promise<SavedCondition> {
  return db.transaction(async (trx) => {
    const { definition } = await lockQuestionnaire(trx, questionnaireId);
    const target = findTarget(definition, name, of);
    if (!target) {
      throw conflict(
        `This ${of} is not there any more`,
        `Somebody has removed or renamed “${name}”. Nothing was changed. Go back to see how things are now.`,
      );
    }
    const now = target.expression;
    if (now !== wish.seen && now !== wish.expression) {
      const other = now === '' ? 'has taken the condition away' : `has set the condition to ${now}`;
      const form = `Somebody ${other} since you opened this page. Save again to put yours in its place.`;
      return { saved: false, errors: { form }, now };
    }
    const refusals = refusalsOf(definition, target, wish.expression);
    if (refusals.length > 0) return { saved: false, errors: { [wish.field]: refusals.join(' ') }, now };
    const what = wish.expression === '' ? 'Shown to everybody' : 'Condition set';
    const summary = `${what}: ${shortened(target.title, 60)}`;
    const decided = { edit: conditionEdit(target, wish.expression), summary };
    await changeQuestionnaire(trx, actor, questionnaireId, () => decided, clock.now());
    return { saved: true };
  });
}
