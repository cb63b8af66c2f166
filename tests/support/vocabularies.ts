import type { Database } from '../../src/platform/database';
import { loadDefaultVocabularies } from '../../src/vocabularies/vocabularies.commands';

/** Makes the platform's vocabularies what the product ships with: they outlive the tests of a worker. */
export async function restoreVocabularies(db: Database): Promise<void> {
  await db('vocabulary_terms').delete();
  await db('deleted_terms').delete();
  await loadDefaultVocabularies({ db });
}
