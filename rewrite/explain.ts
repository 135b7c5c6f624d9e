/** Explanations: what was tried on an operation and why it did not apply, and what made it. */
import { type Location, prettyLocation } from '../ir/location.ts';
import type { Operation } from '../ir/operation.ts';
import { type Action, type ActionObserver, type ActionOutcome, actionText } from './action.ts';
import { numbered, operationLine } from './operation-line.ts';

/** What is asked about: operations of a name, or at a place `file:line[:column]`, where the file may be left out. */
export type Question = { readonly name: string } | { readonly place: string };

/** Reads a question. */
export const parseQuestion = (text: string): Question => (/:\d+(:\d+)?$/.test(text) ? { place: text } : { name: text });

interface Try {
  count: number;
  reason: string;
}
interface Story {
  readonly first: string;
  readonly location: Location;
  readonly madeBy: string | undefined;
  readonly tries: Map<string, Try>;
  /** What became of it, when that is known. */
  end: string | undefined;
}

/** Collects what happens to the operations that are asked about. */
export class Explainer implements ActionObserver {
  private readonly question: Question;
  private readonly stories: Map<Operation, Story>;
  private pass: string;

  constructor(question: Question) {
    this.question = question;
    this.stories = new Map();
    this.pass = '';
  }

  begins({ kind, name, root }: Action): void {
    if (kind === 'pass') this.pass = name;
    else if (this.isMeant(root)) this.storyOf(root);
  }

  ends({ kind, name, root }: Action, outcome: ActionOutcome): void {
    if (kind === 'pass') return this.noticeGone(name);
    const what = kind === 'fold' ? 'folding' : actionText(kind, name);
    const story = this.stories.get(root);
    if (story && outcome.reason !== undefined) {
      const before = story.tries.get(what);
      story.tries.set(what, { count: (before?.count ?? 0) + 1, reason: outcome.reason });
    }
    if (outcome.reason !== undefined) return;
    const did = `${what}${this.pass === '' ? '' : ` in pass '${this.pass}'`}`;
    if (story && root.isErased) {
      const after = outcome.made.map(operationLine);
      const by = after.length > 0 ? ` by ${after.join('; ')}` : ' by a value that was there';
      story.end = kind === 'step' && !outcome.replacedBy ? `${did} erased it` : `${did} replaced it${by}`;
    }
    const from = story?.first ?? '';
    for (const made of outcome.made)
      if (this.isMeant(made) && !this.stories.has(made)) this.storyOf(made, from === '' ? did : `${did}, from ${from}`);
  }

  private noticeGone(pass: string): void {
    for (const [operation, story] of this.stories)
      if (operation.isErased && story.end === undefined)
        story.end = `pass '${pass}' erased it, as dead, equal to another, or a part of what was erased`;
  }

  private storyOf(operation: Operation, madeBy?: string): Story {
    let story = this.stories.get(operation);
    if (!story) {
      story = {
        first: operationLine(operation),
        location: operation.location,
        madeBy,
        tries: new Map(),
        end: undefined,
      };
      this.stories.set(operation, story);
    }
    return story;
  }

  private isMeant(operation: Operation): boolean {
    const { question } = this;
    return 'name' in question ? operation.name === question.name : isAt(operation.location, question.place);
  }

  /** The explanation, with what stands in `root` now and was never tried. */
  report(root: Operation): string {
    root.walk((operation) => {
      if (this.isMeant(operation)) this.storyOf(operation);
    });
    const asked = 'name' in this.question ? `called '${this.question.name}'` : `at ${this.question.place}`;
    if (this.stories.size === 0) return `no operation ${asked} was there before, after or between the passes\n`;
    return [...this.stories.values()].map(tell).join('');
  }
}

function tell({ first, location, madeBy, tries, end }: Story): string {
  const lines = [first];
  if (madeBy !== undefined) lines.push(`  made by ${madeBy}`);
  for (const [what, { count, reason }] of tries)
    lines.push(`  ${what} did not apply${count > 1 ? `, ${count} times; at last` : ''}: ${reason}`);
  if (end !== undefined) lines.push(`  ${end}`);
  else if (tries.size === 0) lines.push('  no pattern and no fold was tried on it');
  return `${prettyLocation(location)}: ${numbered(lines).join('\n')}\n`;
}

/** Whether a location, or a part of it, is at a place; the place may leave out the file and the column. */
function isAt(location: Location, place: string): boolean {
  const text = prettyLocation(location);
  const positions = [...text.matchAll(/([^\s"'(,[]*?):(\d+)(?::(\d+))?/g)];
  const [, file = '', line, column] = /^(.*?):(\d+)(?::(\d+))?$/.exec(place) ?? [];
  return positions.some(
    ([, ofFile = '', ofLine, ofColumn]) =>
      ofLine === line &&
      (column === undefined || column === ofColumn) &&
      (file === '' || ofFile === file || ofFile.endsWith(`/${file}`)),
  );
}
