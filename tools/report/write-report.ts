/** The page about a checked run, as a file. */
import { writeAtomically } from '../files/write-atomically.ts';
import { type CheckedRun, reportText } from './report.ts';

/** Writes the page and says where it is. What a run found is told even when the page cannot be written. */
export function writeReport(file: string, request: CheckedRun): string {
  try {
    writeAtomically(file, reportText(request));
  } catch (error) {
    if (!request.check.finding) throw error;
    return `the report is not written: ${error instanceof Error ? error.message : String(error)}\n`;
  }
  return `the report is in ${file}\n`;
}
