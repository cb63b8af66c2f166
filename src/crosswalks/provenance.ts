import { grouped, type LinkKind, linkKinds } from './crosswalk';

/** Where a competency of a master comes from: one competency of one version of another framework. */
export interface Provenance {
  /** The lineage of the master's competency. */
  competencyLineageId: string;
  frameworkTitle: string;
  frameworkVersion: number;
  sourceLineageId: string;
  sourceCode: string;
  sourceTitle: string;
  kind: LinkKind;
}

/** "From: Framework X, version 2, A1 (exact); Framework Y, version 1, B3 (close)". The nearest first; nothing where there is none. */
export function provenanceInWords(provenance: readonly Provenance[]): string {
  if (provenance.length === 0) return '';
  const words = [...provenance]
    .sort((one, other) => linkKinds.indexOf(one.kind) - linkKinds.indexOf(other.kind))
    .map(
      ({ frameworkTitle, frameworkVersion, sourceCode, kind }) =>
        `${frameworkTitle}, version ${frameworkVersion}, ${sourceCode} (${kind})`,
    );
  return `From: ${words.join('; ')}`;
}

/** Provenance by the lineage of the master's competency. */
export function byCompetency(provenance: readonly Provenance[]): Map<string, Provenance[]> {
  return grouped(provenance, ({ competencyLineageId }) => competencyLineageId);
}
