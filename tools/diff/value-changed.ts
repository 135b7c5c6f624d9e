/** The error of a pass that changes what a program gives. */
import { DiagnosticError, errorAt, type Location } from '../../ir/index.ts';

/** Says which pass it was, at the first operation whose value is another; `report` tells all that was found out. */
export class ValueChanged extends DiagnosticError {
  readonly report: string;

  constructor(location: Location, message: string, report: string) {
    super([errorAt(location, message)]);
    this.report = report;
  }
}
