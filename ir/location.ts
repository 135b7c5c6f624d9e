/**
 * Where an operation comes from. Every operation has a location down to the last level, and
 * every diagnostic, trace row and fault names it. Source: MLIR builtin locations.
 */
import { quote } from './attribute.ts';

/** A place in a file, or a name, or a combination of such. Lines and columns count from 1. */
export type Location =
  | { readonly kind: 'unknown' }
  | {
      readonly kind: 'file';
      readonly file: string;
      readonly line: number;
      readonly column: number;
      readonly endLine?: number;
      readonly endColumn?: number;
    }
  | { readonly kind: 'name'; readonly name: string; readonly child?: Location }
  | { readonly kind: 'fused'; readonly locations: readonly Location[]; readonly metadata?: string }
  | { readonly kind: 'call-site'; readonly callee: Location; readonly caller: Location };

/** No place is known. */
export const unknownLocation: Location = { kind: 'unknown' };
/** A place in a file. */
export const fileLocation = (file: string, line: number, column: number): Location => ({
  kind: 'file',
  file,
  line,
  column,
});
/** A name given by a front end, such as the node of a network. */
export const nameLocation = (name: string, child?: Location): Location =>
  child && child.kind !== 'unknown' ? { kind: 'name', name, child } : { kind: 'name', name };
/** A callee's location as seen from its caller. */
export const callSiteLocation = (callee: Location, caller: Location): Location => ({
  kind: 'call-site',
  callee,
  caller,
});

/** One location that stands for several; unknown and repeated ones vanish. */
export function fusedLocation(locations: readonly Location[], metadata?: string): Location {
  const distinct = new Map<string, Location>();
  const add = (location: Location): void => {
    if (location.kind === 'fused' && location.metadata === undefined) location.locations.forEach(add);
    else if (location.kind !== 'unknown') distinct.set(locationBody(location), location);
  };
  locations.forEach(add);
  const parts = [...distinct.values()];
  if (metadata !== undefined) return { kind: 'fused', locations: parts, metadata };
  return parts.length === 0
    ? unknownLocation
    : parts.length === 1
      ? (parts[0] as Location)
      : { kind: 'fused', locations: parts };
}

/** The text between the parentheses of `loc(…)`; `inner` writes the locations inside it. */
export function locationBody(location: Location, inner: (part: Location) => string = locationBody): string {
  switch (location.kind) {
    case 'unknown':
      return 'unknown';
    case 'file': {
      const { file, line, column, endLine, endColumn } = location;
      const end =
        endColumn === undefined ? '' : ` to ${endLine === undefined || endLine === line ? '' : endLine}:${endColumn}`;
      return `${quote(file)}:${line}:${column}${end}`;
    }
    case 'name':
      return location.child ? `${quote(location.name)}(${inner(location.child)})` : quote(location.name);
    case 'fused':
      return `fused${location.metadata === undefined ? '' : `<${location.metadata}>`}[${location.locations
        .map((part) => inner(part))
        .join(', ')}]`;
    case 'call-site':
      return `callsite(${inner(location.callee)} at ${inner(location.caller)})`;
  }
}

/** A location for the eye, as upstream's pretty form has it; it cannot be read back. */
export function prettyLocation(location: Location): string {
  switch (location.kind) {
    case 'unknown':
      return '[unknown]';
    case 'file': {
      const body = locationBody(location);
      return `${location.file}${body.slice(quote(location.file).length)}`;
    }
    case 'name':
      return `${quote(location.name)}${location.child ? `(${prettyLocation(location.child)})` : ''}`;
    case 'fused':
      return `${location.metadata === undefined ? '' : `<${location.metadata}>`}[${location.locations
        .map(prettyLocation)
        .join(', ')}]`;
    case 'call-site':
      return `${prettyLocation(location.callee)} at ${prettyLocation(location.caller)}`;
  }
}

/** Every name in a location, outermost first: for networks, the nodes that it comes from. */
export function namesIn(location: Location): readonly string[] {
  switch (location.kind) {
    case 'name':
      return [location.name, ...(location.child ? namesIn(location.child) : [])];
    case 'fused':
      return [...new Set(location.locations.flatMap(namesIn))];
    case 'call-site':
      return [...namesIn(location.callee), ...namesIn(location.caller)];
    default:
      return [];
  }
}

/** The first place in a file that a location knows of. */
export function fileOf(location: Location): Extract<Location, { kind: 'file' }> | undefined {
  switch (location.kind) {
    case 'file':
      return location;
    case 'name':
      return location.child && fileOf(location.child);
    case 'fused':
      return location.locations.map(fileOf).find(Boolean);
    case 'call-site':
      return fileOf(location.callee) ?? fileOf(location.caller);
    default:
      return undefined;
  }
}

/** A call site by the indices of its parts, made into a location when that is asked for. */
class CallSite {
  readonly kind: 'call-site';
  readonly callee: number;
  readonly caller: number;
  made: Location | undefined;

  constructor(callee: number, caller: number) {
    this.kind = 'call-site';
    this.callee = callee;
    this.caller = caller;
    this.made = undefined;
  }
}

/** The locations of one context: places in files as columns, the rest as objects. */
export class LocationTable {
  private readonly files: string[];
  private readonly fileIds: Map<string, number>;
  private readonly others: (Location | CallSite)[];
  private readonly otherIds: Map<string, number>;
  private places: Int32Array;
  private count: number;

  constructor() {
    this.files = [];
    this.fileIds = new Map();
    this.others = [unknownLocation];
    this.otherIds = new Map([['unknown', 0]]);
    this.places = new Int32Array(0);
    this.count = 0;
  }

  /** The index of a place; cheaper than `idOf` because no object is made. Positive. */
  idOfPlace(file: string, line: number, column: number): number {
    let fileId = this.fileIds.get(file);
    if (fileId === undefined) {
      fileId = this.files.push(file) - 1;
      this.fileIds.set(file, fileId);
    }
    const at = this.count * 3;
    if (at + 3 > this.places.length) {
      const grown = new Int32Array(Math.max(96, this.places.length * 2));
      grown.set(this.places);
      this.places = grown;
    }
    this.places[at] = fileId;
    this.places[at + 1] = line;
    this.places[at + 2] = column;
    return ++this.count;
  }

  /** The index of any location: positive for a place, zero or negative for the rest. */
  idOf(location: Location): number {
    if (location.kind === 'unknown') return 0;
    if (location.kind === 'file' && location.endColumn === undefined)
      return this.idOfPlace(location.file, location.line, location.column);
    const text = locationBody(location);
    let id = this.otherIds.get(text);
    if (id === undefined) {
      id = -(this.others.push(location) - 1);
      this.otherIds.set(text, id);
    }
    return id;
  }

  /**
   * The index of a callee's location as seen from a caller's. A callee that was itself called keeps
   * its callers, of which the outermost was called from this one. It makes no text, so equal ones may differ in index.
   */
  idOfCallSite(callee: number, caller: number): number {
    // The callees on the way to the outermost caller, innermost first.
    const inner: number[] = [];
    let outermost = callee;
    for (;;) {
      const known = outermost <= 0 ? this.others[-outermost] : undefined;
      if (known?.kind !== 'call-site') break;
      const parts = known instanceof CallSite ? known : this.partsOf(known);
      inner.push(parts.callee);
      outermost = parts.caller;
    }
    let around = this.addCallSite(outermost, caller);
    for (let at = inner.length - 1; at >= 0; at--) around = this.addCallSite(inner[at] as number, around);
    return around;
  }

  private addCallSite(callee: number, caller: number): number {
    return -(this.others.push(new CallSite(callee, caller)) - 1);
  }

  private partsOf({ callee, caller }: Extract<Location, { kind: 'call-site' }>): CallSite {
    return new CallSite(this.idOf(callee), this.idOf(caller));
  }

  /** The location with index `id`. */
  of(id: number): Location {
    if (id <= 0) {
      const other = this.others[-id] as Location | CallSite;
      if (!(other instanceof CallSite)) return other;
      other.made ??= callSiteLocation(this.of(other.callee), this.of(other.caller));
      return other.made;
    }
    const at = (id - 1) * 3;
    return fileLocation(
      this.files[this.places[at] as number] as string,
      this.places[at + 1] as number,
      this.places[at + 2] as number,
    );
  }
}
