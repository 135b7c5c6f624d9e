/** The observers of actions that a command line asks for. */
import { closeSync, openSync, writeSync } from 'node:fs';
import {
  ActionLog,
  type ActionLimit,
  actionLimitForm,
  ActionLimits,
  type ActionObserver,
  allObservers,
  Explainer,
  parseActionLimit,
  parseQuestion,
} from '../../rewrite/index.ts';
import { UsageError } from '../cli/options.ts';

/** What is asked for. */
export interface ObserverRequest {
  /** A file, or `-` for standard error. */
  readonly log: string | undefined;
  readonly logMisses: boolean;
  readonly limits: readonly string[];
  readonly questions: readonly string[];
}

/** Observers of one run, and what they hold open. */
export interface Observers {
  readonly observer: ActionObserver | undefined;
  readonly explainers: readonly Explainer[];
  close(): void;
}

/** Makes the observers; `write` takes what goes to standard error. Throws a `UsageError` for a limit that is none. */
export function observersOf(asked: ObserverRequest, write: (text: string) => void): Observers {
  const limits = asked.limits.flatMap((text) => text.split(',')).map(limitOf);
  const explainers = asked.questions.map((text) => new Explainer(parseQuestion(text)));
  const file = asked.log === undefined || asked.log === '-' ? undefined : openSync(asked.log, 'w');
  const observers: ActionObserver[] = [];
  if (asked.log !== undefined)
    observers.push(
      new ActionLog(file === undefined ? write : (line) => void writeSync(file, line), { misses: asked.logMisses }),
    );
  if (limits.length > 0) observers.push(new ActionLimits(limits));
  observers.push(...explainers);
  return {
    observer: allObservers(observers),
    explainers,
    close() {
      if (file !== undefined) closeSync(file);
    },
  };
}

function limitOf(text: string): ActionLimit {
  const limit = parseActionLimit(text);
  if (!limit) throw new UsageError(`option '--action-limit' is '${text}', expected ${actionLimitForm}`);
  return limit;
}
