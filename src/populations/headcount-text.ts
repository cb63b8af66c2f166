import { populationLimits } from './population';

const most = populationLimits.headcount;

/**
 * A headcount as people type it, "1,200" and "1 200" too. What is none gives the sentence that says why, without a full
 * stop.
 */
export function readHeadcount(text: string): { headcount: number } | { sentence: string } {
  const plain = text.trim();
  if (plain === '') return { sentence: 'Enter the headcount, which is 0 where nobody works' };
  const joined = /^\d{1,3}([,\s]\d{3})+(\.0+)?$/.test(plain) ? plain.replace(/[,\s]/g, '') : plain;
  if (/^[-\u2212\u2013]\s*\d/.test(joined)) return { sentence: 'A headcount cannot be below 0' };
  if (/^\d+$/.test(joined) || /^\d+\.0+$/.test(joined)) {
    const headcount = Number(joined);
    if (headcount <= most) return { headcount };
    return { sentence: `A headcount can be ${most.toLocaleString('en-GB')} at most` };
  }
  if (/^\d*[.,]\d+$/.test(joined)) {
    return { sentence: 'Enter whole people: a headcount is not a number of full-time equivalents' };
  }
  return { sentence: 'Enter the headcount as a whole number, such as 1200' };
}
